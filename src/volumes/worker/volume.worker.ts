import { expose } from 'comlink'
import { createVolumeApi } from './volumeApi.ts'

expose(createVolumeApi())
