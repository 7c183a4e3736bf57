import { expose } from 'comlink'
import { createPackKeeperApi } from './packKeeperApi.ts'

expose(createPackKeeperApi())
