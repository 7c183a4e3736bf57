import { expose } from 'comlink'
import { createSlabHelperApi } from './ctInputHelper.ts'

expose(createSlabHelperApi())
