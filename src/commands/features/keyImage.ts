import { toKeyTitle } from '../../domain/keyImage/keyImage.ts'
import type { AppState } from '../../state/appState.ts'
import type { Command, Slot } from '../command.ts'
import { hasStudy, keyImages } from '../stateReads.ts'

const GROUP = 'Measure'

const image: Slot = {
  title: 'Key image',
  isNumbered: true,
  options: (state) =>
    keyImages(state).map((item, n) => ({
      value: item.id,
      title: [`${n + 1}. ${toKeyTitle(item, item.slice)}`, item.note].filter(Boolean).join(': '),
    })),
}

const areThere = (state: AppState): boolean => keyImages(state).length > 0

export const commands: readonly Command[] = [
  {
    id: 'keyImage.mark',
    title: 'Mark the active view as a key image, as it is seen',
    group: GROUP,
    keys: ['k'],
    when: hasStudy,
    run: ({ actions }) => actions.markKeyImage(),
    phrases: [
      '[mark|save|keep|make] (this) (image|view|slice) (as|a) (a) key image',
      'mark (this) (image|view) as (a) key image',
      'save this as (a) key image',
      'key image',
      'mark key image',
      'mark this image',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'keyImage.show',
    title: 'Show a key image as it was seen',
    group: GROUP,
    keys: [],
    slots: { image },
    when: areThere,
    run: ({ actions }, slots) => actions.showKeyImage(String(slots.image)),
    phrases: ['<show> (the) key image (number) {image}', '<show> (the) {image} key image', 'show key image {image}'],
  },
  {
    id: 'keyImage.delete',
    title: 'Delete a key image',
    group: GROUP,
    keys: [],
    slots: { image },
    when: areThere,
    run: ({ actions }, slots) => actions.removeKeyImage(String(slots.image)),
    phrases: [
      '[delete|remove|erase] (the) key image (number) {image}',
      '[delete|remove|erase] (the) {image} key image',
      'delete key image {image}',
    ],
    undo: 'speak.undo',
  },
  {
    id: 'keyImage.pictures',
    title: 'Save the key images as pictures, without the name of the patient',
    group: GROUP,
    keys: [],
    when: areThere,
    run: ({ actions }) => actions.saveKeyPictures(false),
    phrases: ['[save|download|export] (all|all the|the|my) key images (as pictures)', 'save the key images'],
  },
  {
    id: 'keyImage.picturesNamed',
    title: 'Save the key images as pictures with the name of the patient',
    group: GROUP,
    keys: [],
    when: areThere,
    run: ({ actions }) => actions.saveKeyPictures(true),
    phrases: ['save the key images with the name'],
  },
  {
    id: 'keyImage.object',
    title: 'Save the key images as a DICOM key object selection',
    group: GROUP,
    keys: [],
    when: areThere,
    run: ({ actions }) => actions.saveKeyObject(),
    phrases: ['save the key images as dicom', 'save the key object'],
  },
]
