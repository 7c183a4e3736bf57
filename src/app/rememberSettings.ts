import { WINDOW_PRESETS } from '../domain/volume/windowPresets.ts'
import type { AppStore } from '../state/store.ts'
import { loadSettings, type Settings, saveSettings } from '../storage/settings.ts'

const PROVIDER_CHOICES = ['auto', 'webgpu', 'wasm'] as const

const toSettings = ({ get }: AppStore): Settings => {
  const { view, model, dictation } = get()
  return {
    windowPreset: view.windowPreset,
    panels: view.panels,
    heatOpacity: view.heatOpacity,
    providerChoice: model.providerChoice,
    pushToTalk: dictation.pushToTalk,
  }
}

/** Brings back what a person chose last time; `?provider=` in the address wins for this visit. */
export async function restoreSettings(store: AppStore, query: string): Promise<void> {
  const saved = await loadSettings()
  const asked = PROVIDER_CHOICES.find((choice) => choice === new URLSearchParams(query).get('provider'))
  const preset = WINDOW_PRESETS.find(({ id }) => id === (saved.windowPreset ?? 'lung'))
  store.patch('view', { panels: saved.panels, heatOpacity: saved.heatOpacity })
  store.patch('model', { providerChoice: asked ?? saved.providerChoice })
  if (preset) store.view.setWindow(preset.id, preset.widthHu, preset.centerHu)
}

/** Saves the settings whenever one of them changes. */
export function rememberSettings(store: AppStore): void {
  let last = JSON.stringify(toSettings(store))
  store.subscribe(() => {
    const settings = toSettings(store)
    const text = JSON.stringify(settings)
    if (text === last) return
    last = text
    void saveSettings(settings)
  })
}
