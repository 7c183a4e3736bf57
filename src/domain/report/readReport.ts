import type { DataSet } from 'dicom-parser'
import { readStudyIdentity } from '../volume/dicom/readStudyIdentity.ts'
import { CODE } from './codes.ts'
import { readSections } from './readSections.ts'
import {
  childrenOf,
  codedOf,
  isNamed,
  itemsOf,
  type Node,
  nameOf,
  readMeasured,
  textOf,
  typeOf,
  wordsOf,
} from './srNode.ts'
import type { SrCoordinates, SrGroup, SrImage, SrNumber, SrReport } from './srReport.ts'

/** Last part of the class of key object selections. */
const KEY_OBJECT = '59'
/** Structured reports in words or with measurement groups (PS3.4 B.5): basic text, enhanced, comprehensive, comprehensive 3D, extensible; and key object selections. */
const REPORT_CLASSES: ReadonlySet<string> = new Set(
  ['11', '22', '33', '34', '35', KEY_OBJECT].map((last) => `1.2.840.10008.5.1.4.1.1.88.${last}`),
)
/** Findings sites by an older code as well (SRT). */
const SITE_CODES = [CODE.findingSite.value, 'G-C0E3']

export const isReportClass = (sopClassUid: string): boolean => REPORT_CLASSES.has(sopClassUid)

/** The measurement groups of a parsed report and what it says in words, in their order; none where it holds none. */
export function readReport(dataSet: DataSet, path: string): SrReport {
  const root = { item: dataSet, root: dataSet }
  const uid = (tag: string) => dataSet.string(tag)?.trim() ?? ''
  return {
    path,
    sopInstanceUid: uid('x00080018'),
    studyUid: uid('x0020000d'),
    author: readAuthor(root),
    date: uid('x00080023') || uid('x00080012'),
    groups: findGroups(root).map(readGroup),
    sections: isKeyObject(root) ? [] : readSections(root),
    identity: readStudyIdentity(dataSet),
    isComplete: textOf(root, 'x0040a491') === 'COMPLETE',
    ...readKeyObject(root),
  }
}

const isKeyObject = (root: Node): boolean => textOf(root, 'x00080016').endsWith(`.${KEY_OBJECT}`)

/** Title, description and images of a key object selection. */
function readKeyObject(root: Node): Pick<SrReport, 'title' | 'description' | 'images'> {
  if (!isKeyObject(root)) return { title: '', description: '', images: [] }
  const children = childrenOf(root)
  const description = children.find((child) => isNamed(child, CODE.keyDescription.value))
  const images = children.filter((child) => typeOf(child) === 'IMAGE').flatMap((child) => readReferences(child))
  return { title: nameOf(root)?.meaning ?? '', description: description ? wordsOf(description) : '', images }
}

/** An image, or each of the frames that are named. */
function readReferences(node: Node): SrImage[] {
  return itemsOf(node, 'x00081199').flatMap((reference) => {
    const frames = textOf(reference, 'x00081160')
      .split('\\')
      .map(Number)
      .filter((frame) => frame > 0)
    const sopInstanceUid = textOf(reference, 'x00081155')
    return (frames.length > 0 ? frames : [1]).map((frameNumber) => ({ sopInstanceUid, frameNumber }))
  })
}

function findGroups(node: Node): Node[] {
  return childrenOf(node).flatMap((child) => {
    if (typeOf(child) !== 'CONTAINER') return []
    return isNamed(child, CODE.group.value) ? [child] : findGroups(child)
  })
}

/** A person's name comes before a device's, which comes before the maker of the file. */
function readAuthor(root: Node): string {
  const children = childrenOf(root)
  const person = children.find((child) => isNamed(child, CODE.personName.value))
  const device = children.find((child) => isNamed(child, CODE.deviceName.value))
  const name = (person && textOf(person, 'x0040a123').split('=')[0].split('^').filter(Boolean).join(' ')) || ''
  return name || (device && textOf(device, 'x0040a160')) || textOf(root, 'x00081090') || textOf(root, 'x00080070')
}

function readGroup(group: Node): SrGroup {
  const children = childrenOf(group)
  const words = (...values: readonly string[]) => {
    const found = children.find((child) => isNamed(child, ...values))
    return found ? wordsOf(found) : ''
  }
  const texts = children.filter((child) => typeOf(child) === 'TEXT' || typeOf(child) === 'CODE')
  return {
    trackingId: words(CODE.trackingId.value),
    finding: words(CODE.finding.value),
    site: words(...SITE_CODES),
    comment: words(CODE.comment.value),
    drawing: words(CODE.drawing.value),
    regions: [...readCoordinates(children), ...texts.flatMap((text) => readCoordinates(childrenOf(text)))],
    numbers: children.filter((child) => typeOf(child) === 'NUM').flatMap(readNumber),
  }
}

/** A number without a value (some programs write only where it lies) keeps its coordinates, and NaN. */
function readNumber(node: Node): SrNumber[] {
  const concept = nameOf(node)
  if (!concept) return []
  const children = childrenOf(node)
  const derivation = children.find((child) => isNamed(child, CODE.derivation.value))
  return [
    {
      concept,
      ...readMeasured(node),
      derivation: derivation ? codedOf(derivation) : null,
      coordinates: readCoordinates(children),
    },
  ]
}

function readCoordinates(children: readonly Node[]): SrCoordinates[] {
  return children.flatMap((child): SrCoordinates[] => {
    const type = typeOf(child)
    if (type !== 'SCOORD' && type !== 'SCOORD3D') return []
    const graphicType = textOf(child, 'x00700023').toUpperCase()
    const numbers = readFloats(child)
    if (type === 'SCOORD3D')
      return [{ graphicType, numbers, image: null, frameOfReferenceUid: textOf(child, 'x30060024') || null }]
    return [{ graphicType, numbers, image: readImage(child), frameOfReferenceUid: null }]
  })
}

function readFloats({ item }: Node): number[] {
  const length = item.elements.x00700022?.length ?? 0
  return Array.from({ length: Math.floor(length / 4) }, (_, n) => item.float('x00700022', n) ?? Number.NaN)
}

function readImage(coordinates: Node): SrCoordinates['image'] {
  const image = childrenOf(coordinates).find((child) => itemsOf(child, 'x00081199').length > 0)
  const [reference] = image ? itemsOf(image, 'x00081199') : []
  if (!reference) return null
  const frameNumber = Number.parseInt(textOf(reference, 'x00081160'), 10)
  return { sopInstanceUid: textOf(reference, 'x00081155'), frameNumber: frameNumber > 0 ? frameNumber : 1 }
}
