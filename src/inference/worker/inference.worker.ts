import { expose } from 'comlink'
import { createInferenceApi } from './inferenceApi.ts'

expose(createInferenceApi())
