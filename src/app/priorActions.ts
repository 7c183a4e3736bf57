import type { Actions } from '../commands/actions.ts'
import type { Reading } from '../flows/reading.ts'
import { selectPrior } from '../state/comparisonSelectors.ts'
import { selectActivePane } from '../state/layoutSelectors.ts'
import type { AppStore } from '../state/store.ts'

export type PriorActions = Pick<
  Actions,
  | 'openPrior'
  | 'compareWith'
  | 'closePrior'
  | 'lockPrior'
  | 'unlockPrior'
  | 'registerPrior'
  | 'cancelRegistering'
  | 'samePlaceInPrior'
>

/** What a person does with another study of the patient. */
export const createPriorActions = ({
  store,
  reading: { priors },
}: {
  readonly store: AppStore
  readonly reading: Reading
}): PriorActions => ({
  openPrior() {
    const prior = selectPrior(store.get())
    if (prior) void priors.open(prior.series[0].id)
  },
  compareWith: (seriesId) => void priors.open(seriesId),
  closePrior: () => priors.close(),
  lockPrior: () => priors.lock(),
  unlockPrior: () => priors.unlock(),
  registerPrior: () => void priors.register(),
  cancelRegistering: () => priors.cancel(),
  samePlaceInPrior: () => void priors.goToSamePlace(selectActivePane(store.get()).study),
})
