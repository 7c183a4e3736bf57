import { always, type Command } from '../command.ts'
import { isAddingPack, isModelIdle, packs } from '../stateReads.ts'

export const commands: readonly Command[] = [
  {
    id: 'model.page',
    title: 'Model page',
    group: 'Model',
    keys: ['i'],
    when: always,
    run: ({ page }) => page.toggle('model'),
    phrases: ['<on> (about) (tell me about) (the) model (page)'],
    undo: 'model.page',
  },
  {
    id: 'model.choose',
    title: 'Change the model',
    group: 'Model',
    keys: [],
    slots: {
      pack: { title: 'Model', options: (state) => packs(state).map(({ id, title }) => ({ value: id, title })) },
    },
    when: (state) => packs(state).length > 1,
    run: ({ actions }, { pack }) => actions.choosePack(String(pack)),
    phrases: ['[use|choose] the model {pack}', 'change the model (to) {pack}'],
  },
  {
    id: 'model.add',
    title: 'Add a model',
    group: 'Model',
    keys: [],
    when: always,
    run: ({ page }) => page.show('model', 'choice'),
    phrases: ['add a model'],
  },
  {
    id: 'model.cancelAdd',
    title: 'Stop adding the model',
    group: 'Model',
    keys: [],
    when: isAddingPack,
    run: ({ actions }) => actions.cancelAddPack(),
    phrases: ['stop adding the model'],
  },
  {
    id: 'model.reload',
    title: 'Load the models again',
    group: 'Model',
    keys: [],
    when: isModelIdle,
    run: ({ actions }) => actions.retryModels(),
    phrases: ['load the models again'],
  },
  {
    id: 'model.test',
    title: 'Test the models again',
    group: 'Model',
    keys: [],
    when: isModelIdle,
    run: ({ actions }) => actions.testModelsAgain(),
    phrases: ['[test|check] the models (again)', '(run) (the) self test'],
  },
  {
    id: 'model.remove',
    title: 'Remove a model of yours',
    group: 'Model',
    keys: [],
    slots: {
      pack: {
        title: 'Model',
        options: (state) =>
          packs(state)
            .filter(({ kept }) => kept)
            .map(({ id, title }) => ({ value: id, title })),
      },
    },
    when: (state) => packs(state).some(({ kept }) => kept),
    run: ({ actions }, { pack }) => actions.removePack(String(pack)),
    confirms: 'Remove this model and its files from this browser?',
    silent: 'It deletes files of the model: it is done where they are listed',
  },
]
