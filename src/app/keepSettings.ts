import { findWindowPreset } from '../domain/volume/windowPresets.ts'
import type { AppStore } from '../state/store.ts'
import { loadSettings, type Settings, saveSettings } from '../storage/settings.ts'

const PROVIDER_CHOICES = ['auto', 'webgpu', 'wasm'] as const

const toSettings = ({ get }: AppStore): Settings => {
  const { view, model, remote, keys, voice, microphone, templates } = get()
  return {
    openingWindow: view.openingWindow,
    panels: view.panels,
    heatOpacity: view.heatOpacity,
    heatStyle: view.heatStyle,
    providerChoice: model.providerChoice,
    variantChoice: model.variantChoice,
    packChoice: model.packChoice,
    agreedLibraries: remote.agreed,
    keys,
    ground: view.ground,
    hanging: view.hanging,
    mouse: view.mouse,
    ownWindows: view.ownWindows,
    slabs: view.slabs,
    lastSlab: view.lastSlab,
    alertBudget: view.alertBudget,
    isUnsignedTold: view.isUnsignedTold,
    boundTemplates: templates.bound,
    leadingWord: voice.leadingWord,
    microphoneId: microphone.deviceId,
  }
}

/**
 * Brings back what a person chose last time and saves it whenever it changes. `?provider=` in the address wins for this
 * visit only: it is not saved in place of the choice.
 */
export async function keepSettings(store: AppStore, query: string): Promise<void> {
  const saved = await loadSettings()
  const asked = PROVIDER_CHOICES.find((choice) => choice === new URLSearchParams(query).get('provider'))
  const { widthHu, centerHu } = saved.openingWindow
  store.patch('view', { panels: saved.panels, heatOpacity: saved.heatOpacity, heatStyle: saved.heatStyle })
  const { hanging, mouse, ownWindows, slabs, lastSlab, ground, alertBudget, isUnsignedTold } = saved
  store.patch('view', { hanging, mouse, ownWindows, slabs, lastSlab, ground, alertBudget, isUnsignedTold })
  store.view.hang()
  const { variantChoice, packChoice } = saved
  store.patch('keys', saved.keys)
  store.patch('templates', { bound: saved.boundTemplates })
  store.patch('voice', { leadingWord: saved.leadingWord })
  store.patch('microphone', { deviceId: saved.microphoneId })
  store.patch('remote', { agreed: saved.agreedLibraries })
  store.patch('model', { providerChoice: asked ?? saved.providerChoice, variantChoice, packChoice })
  store.patch('view', { openingWindow: saved.openingWindow })
  store.view.setWindow(findWindowPreset(widthHu, centerHu)?.id ?? null, widthHu, centerHu)
  rememberSettings(store, (settings) =>
    settings.providerChoice === asked ? { ...settings, providerChoice: saved.providerChoice } : settings,
  )
}

function rememberSettings(store: AppStore, toSaved: (settings: Settings) => Settings): void {
  let last = JSON.stringify(toSettings(store))
  store.subscribe(() => {
    const settings = toSettings(store)
    const text = JSON.stringify(settings)
    if (text === last) return
    last = text
    void saveSettings(toSaved(settings))
  })
}
