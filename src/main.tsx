import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { version } from '../package.json'
import { toPhantomSeed } from '../phantom/splits.ts'
import { followCine } from './app/cine.ts'
import { createActions } from './app/createActions.ts'
import { download } from './app/download.ts'
import { drawThumbnails } from './app/drawThumbnails.ts'
import { followBeside } from './app/followBeside.ts'
import { followMicrophones } from './app/followMicrophones.ts'
import { followWidth } from './app/followWidth.ts'
import { keepReportStatus } from './app/keepReportStatus.ts'
import { keepSettings } from './app/keepSettings.ts'
import { createLinkedViewers, toCurrentPlace } from './app/linkedViewers.ts'
import { createPlayback } from './app/playback.ts'
import { reportUncaught } from './app/reportUncaught.ts'
import { UnsignedReports } from './app/unsignedReports.ts'
import { createSaltedHasher } from './base/saltedHash.ts'
import { fetchVolume } from './cases/client/fetchVolume.ts'
import { openLibrary } from './cases/client/libraryClient.ts'
import { openMemoryLibrary } from './cases/client/memoryLibrary.ts'
import { openRemoteLibrary, toServerUrl } from './cases/client/remoteLibrary.ts'
import { createTeacher } from './cases/client/teacher.ts'
import type { Volume } from './domain/volume/volume.ts'
import { BroughtPacks } from './flows/broughtPacks.ts'
import { toDictationJournal } from './flows/dictationJournal.ts'
import { showEngine } from './flows/loadModels.ts'
import { Reading } from './flows/reading.ts'
import { createCtEngine } from './inference/client/ctEngine.ts'
import { createSpeechEngine } from './inference/client/speechEngine.ts'
import { createTranscriberEngine } from './inference/client/transcriberEngine.ts'
import { createMicrophone } from './microphone/createMicrophone.ts'
import { browserDeviceNews } from './microphone/deviceNews.ts'
import { hearAudioFile } from './microphone/hearAudioFile.ts'
import { testHearing } from './microphone/hearingTest.ts'
import {
  fetchManifest,
  fetchPackFile,
  loadLibraryServers,
  loadManifestText,
  loadPackList,
} from './packs/fetch/packFiles.ts'
import { createPackKeeper } from './packs/keep/client/packKeeper.ts'
import { askToPersist, measureRoom } from './packs/keep/client/packRoom.ts'
import { createPackStore } from './packs/keep/client/packStore.ts'
import { selectComparisons } from './state/comparisonSelectors.ts'
import { isAsleep } from './state/listening.ts'
import { createAppStore } from './state/store.ts'
import { isCommanding } from './state/voiceState.ts'
import { sharedDatabase } from './storage/database.ts'
import { loadDeviceSalt } from './storage/deviceSalt.ts'
import { hideLegacyIds } from './storage/hideLegacyIds.ts'
import { openJournal } from './storage/journal.ts'
import { openKeyImageTable } from './storage/keyImageTable.ts'
import { openMeasureTable } from './storage/measureTable.ts'
import { parseOwnCaseRow, toOwnCaseRow } from './storage/ownCaseRow.ts'
import { parseOwnFindingRow, toOwnFindingRow } from './storage/ownFindingRow.ts'
import { createOwnTable } from './storage/ownTable.ts'
import { createPriorShelf } from './storage/priorShelf.ts'
import { createProofShelf } from './storage/proofShelf.ts'
import { createQueryShelf } from './storage/queryShelf.ts'
import { openReportTable } from './storage/reportTable.ts'
import { listSignedReports } from './storage/signedReports.ts'
import { createStudyArchive } from './storage/studyArchive.ts'
import { createStudyLocks } from './storage/studyLocks.ts'
import { parseTemplateRow, toTemplateRow } from './storage/templateRow.ts'
import { VolumeStore } from './storage/volumeStore.ts'
import { App } from './ui/App.tsx'
import { createCommander } from './ui/createCommander.ts'
import { createNameCheck } from './ui/createNameCheck.ts'
import { decodeSlices } from './viewer/dicom/decodeSlices.ts'
import { createNoduleMeasurer } from './volumes/client/noduleMeasurer.ts'
import { createVolumeClient } from './volumes/client/volumeClient.ts'

/** A case with several findings, shown when the app starts; of the library's split, but not in the library itself. */
const DEMO_SEED = toPhantomSeed('library', 100_000)
/** Volumes of about four large studies. */
const VOLUME_BUDGET_BYTES = 1.5 * 2 ** 30
const MODELS_URL = new URL('models/', document.baseURI).href
/** Offered where the list of packs cannot be read. */
const DEFAULT_PACK = { id: 'phantom-mini', title: 'Phantom miniature', line: '' }

const store = createAppStore()
await keepSettings(store, location.search)

const proofs = createProofShelf()
const ctEngine = createCtEngine({ proofs, onInfoChange: (info) => showEngine(store, info) })
const speechEngine = createSpeechEngine({ proofs })
const transcriber = createTranscriberEngine()
const salt = await loadDeviceSalt()
const hasher = await createSaltedHasher(salt)
const volumeClient = createVolumeClient({ decodeSlices, salt })
const viewers = createLinkedViewers(store, {
  toSpan: (role) => reading.spanOf(role),
  onPlace: (pointLpsMm) => actions.searchPlace(pointLpsMm),
  onMeasure: (act) => actions.takeMeasure(act),
})
const volumes = new VolumeStore<Volume>({
  budgetBytes: VOLUME_BUDGET_BYTES,
  toByteSize: ({ hu }) => hu.byteLength,
  onEvict: (id) => ctEngine.forget(id),
})
const journal = await openJournal()
await hideLegacyIds(hasher)
const locks = createStudyLocks()
if (journal.problem) store.notify(journal.problem, 'warning')

const dictationJournal = toDictationJournal(journal, {
  notify: (problem) => store.notify(problem, 'warning'),
  onFirstWords: async () => store.patch('desk', { isStorageLasting: await askToPersist() }),
})

/** Which packs there are: bundled ones, and those that a person brought. */
const packs = {
  screen: store,
  modelsUrl: MODELS_URL,
  defaultPack: DEFAULT_PACK,
  fetchPackList: loadPackList,
  packStore: createPackStore(),
  measureRoom,
}

const commander = createCommander(store)

const reading = new Reading({
  ...packs,
  records: store,
  volumes,
  ctEngine,
  speechEngine,
  transcriber,
  viewer: viewers.current,
  comparisonViewer: viewers.comparison,
  source: { list: volumeClient.listSeries, open: volumeClient.loadSeries },
  phantoms: volumeClient,
  journal: dictationJournal,
  fetchManifest,
  fetchPackFile,
  openLibrary: (pack) => openLibrary(pack),
  siteUrl: document.baseURI,
  fetchVolume,
  toCtInput: (volume, spec, signal, onProgress) => volumeClient.toCtInput(volume, spec, signal, onProgress),
  seeBody: (volume, signal) => volumeClient.seeBody(volume, signal),
  currentPlace: () => toCurrentPlace(store),
  speechUnderWay: () => microphone.underWay(),
  commander,
  archive: createStudyArchive({ journal, hasher }),
  teacher: createTeacher(),
  ownFindings: createOwnTable({
    table: sharedDatabase.ownFindings,
    parse: parseOwnFindingRow,
    toRow: toOwnFindingRow,
  }),
  measureTable: (studyId) => openMeasureTable(studyId),
  keyImageTable: (studyId) => openKeyImageTable(studyId),
  reportTable: (studyId) => openReportTable(studyId),
  listSignedReports: (patient) => listSignedReports(patient),
  templates: createOwnTable({ table: sharedDatabase.templates, parse: parseTemplateRow, toRow: toTemplateRow }),
  refuseTemplateName: createNameCheck(store),
  ownCases: createOwnTable({ table: sharedDatabase.ownCases, parse: parseOwnCaseRow, toRow: toOwnCaseRow }),
  openMemoryLibrary,
  fetchLibraryServers: () => loadLibraryServers(`${MODELS_URL}packs.json`),
  openRemoteLibrary,
  toServerUrl,
  hashPatient: (name) => hasher.hash(['patient', name]),
  queries: createQueryShelf(),
  priorShelf: createPriorShelf(),
  readLabels: volumeClient.readLabels,
  registerLungs: volumeClient.registerLungs,
  measureNodule: createNoduleMeasurer(),
  comparisons: () => selectComparisons(store.get()),
  crosshairs() {
    const { current, comparison } = store.readout.getState().viewers
    return { current: current.crosshairLpsMm, comparison: comparison.crosshairLpsMm }
  },
  cutFile: (file, studyId, options) =>
    hearAudioFile(file, speechEngine, {
      studyId,
      ...options,
      onNotice: (notice) => store.notify(notice, 'warning'),
    }),
  onRead(study) {
    store.readout.clear('current')
    playback.stop()
    microphone.setStudy(study.id)
    locks.take(study.id, (isElsewhere) => reading.dictation.setElsewhere(study, isElsewhere))
  },
})

followWidth(store)
const unsigned = new UnsignedReports(store)
addEventListener('beforeunload', (event) => {
  if (!unsigned.mayClose()) event.preventDefault()
})
keepReportStatus(store, (studyId) => reading.studies.note(studyId))
followCine(store, (paneId, slices) => actions.scrollPane(paneId, slices))
followBeside(store, (isOpened) => void reading.questions.lightBeside(isOpened))

const broughtPacks = new BroughtPacks({
  ...packs,
  reading,
  siteUrl: document.baseURI,
  packKeeper: createPackKeeper(),
  askToPersist,
  loadManifestText,
})

const microphone = createMicrophone({
  vad: speechEngine,
  events: {
    onStatus(status) {
      if (status === 'speaking') reading.dictation.begin()
      // What kept it from being heard is over.
      const isSettled = status === 'listening' || status === 'off'
      store.patch('microphone', isSettled ? { status, problem: null } : { status })
      // What is a command is understood the sooner for not being shown before.
      const isShown = !isCommanding(store.get()) && !isAsleep(store.get())
      if (status === 'speaking' && isShown) reading.live.begin()
      else reading.live.end()
      if (status === 'off' || status === 'failed') store.patch('voice', { isAsleep: false })
      if (['off', 'waiting', 'failed'].includes(status)) reading.dictation.end()
    },
    onLevel: (level) => store.readout.setLevel(level),
    onUtterance(utterance) {
      // It looks at what was shown of it.
      void reading.dictation.hear(utterance)
      reading.live.cut()
    },
    onCaptured: (captured) => reading.dictation.keepSoFar(captured),
    onProblem(problem) {
      store.patch('microphone', { problem })
      // What it waits for is told beside it, and goes when it is back.
      if (store.get().microphone.status !== 'waiting' || !store.get().view.panels.dictation) store.notify(problem)
    },
    onFault: (fault) => store.patch('microphone', { fault }),
  },
})

followMicrophones(store, microphone, browserDeviceNews)
const playback = createPlayback((playingUtteranceId) => store.patch('microphone', { playingUtteranceId }))
const actions = createActions({
  store,
  reading,
  broughtPacks,
  viewers,
  microphone,
  testHearing: (deviceId, events) => testHearing({ vad: speechEngine, deviceId }, events),
  commander,
  proofs,
  demoSeed: DEMO_SEED,
  version,
  download,
  play(utteranceId) {
    const utterance = reading.dictation.find(utteranceId)
    if (utterance) playback.play(utterance)
  },
})

drawThumbnails(store, { ofSeed: volumeClient.renderThumbnail, ofSeries: volumeClient.renderSeries })
reportUncaught(globalThis, (problem) => store.notify(problem))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
createRoot(root).render(
  <StrictMode>
    <App store={store} actions={actions} viewers={viewers} bindVoice={commander.bind} />
  </StrictMode>,
)
/** `?pack=`: the address of a pack of this site to begin with; `?study=none`: no demo case at the start. */
const query = new URLSearchParams(location.search)
const askedPack = query.get('pack')
await Promise.all([
  dictationJournal.recover().then(() => reading.studies.listKnown()),
  reading.remote.load(),
  query.get('study') !== 'none' && reading.studies.openPhantom(DEMO_SEED),
  reading.loadModels(),
  askedPack !== null && broughtPacks.add({ address: askedPack }, { isQuiet: true }),
])
