import { expose } from 'comlink'
import { createLibraryApi } from './libraryApi.ts'

expose(createLibraryApi())
