import type { AppStore } from '../state/store.ts'

/** What flows may do to the screen: read the state, change one slice, tell the user once. */
export type Screen = Pick<AppStore, 'get' | 'patch' | 'notify'>

/** The records of open studies: for their sessions alone. */
export type StudyRecords = Pick<AppStore, 'getStudy' | 'putStudy' | 'removeStudy'>
