import { expose } from 'comlink'
import { createNoduleApi } from './noduleApi.ts'

expose(createNoduleApi())
