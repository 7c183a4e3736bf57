import { expose } from 'comlink'
import { createTeachApi } from './teachApi.ts'

expose(createTeachApi())
