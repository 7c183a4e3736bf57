import type { Problem } from '../../base/result.ts'

/** "a.dcm", "a.dcm and b.dcm", "a.dcm and 3 more files". */
export function listNames(paths: readonly string[]): string {
  const names = [...new Set(paths)]
  if (names.length === 1) return names[0]
  if (names.length === 2) return `${names[0]} and ${names[1]}`
  return `${names[0]} and ${names.length - 1} more files`
}

type Describe = (names: string) => Omit<Problem, 'code'>

/** What can be wrong with a file, each as cause and next step. */
const DESCRIBE_FILE_PROBLEM = {
  'file-not-recognised': (names) => ({
    message: `${names}: neither DICOM nor NIfTI.`,
    nextStep: 'Drop a folder or zip of DICOM files, or a .nii or .nii.gz volume.',
  }),
  'empty-file': (names) => ({
    message: `${names}: the file is empty.`,
    nextStep: 'Copy or export the file again.',
  }),
  'file-unreadable': (names) => ({
    message: `${names}: the browser could not read the file; it may have been moved or changed.`,
    nextStep: 'Drop it again.',
  }),
  'dicom-damaged': (names) => ({
    message: `${names}: the DICOM header is damaged and cannot be read.`,
    nextStep: 'Export the file again; the other files are not affected.',
  }),
  'dicom-truncated': (names) => ({
    message: `${names}: the file is cut off before its last pixel.`,
    nextStep: 'Copy or export it again; the other slices are opened without it.',
  }),
  'dicom-without-pixels': (names) => ({
    message: `${names}: DICOM without an image (a report, plan, or a header alone).`,
    nextStep: 'Drop the CT slices that belong to it.',
  }),
  'nifti-pair': (names) => ({
    message: `${names}: a NIfTI header whose image lies in a second file (.hdr/.img).`,
    nextStep: 'Convert the pair to one .nii or .nii.gz file.',
  }),
  'nifti-damaged': (names) => ({
    message: `${names}: the NIfTI header is damaged or names an impossible size.`,
    nextStep: 'Export the volume again.',
  }),
  'gzip-damaged': (names) => ({
    message: `${names}: the compressed file is cut off or damaged.`,
    nextStep: 'Download or export it again.',
  }),
  'zip-damaged': (names) => ({
    message: `${names}: the zip archive is damaged, cut off or encrypted.`,
    nextStep: 'Unpack it with another program and drop the folder.',
  }),
  'zip-too-large': (names) => ({
    message: `${names}: the zip archive would unpack to more than 2 GB.`,
    nextStep: 'Unpack it and drop the folder, or only the series to read.',
  }),
} satisfies Record<string, Describe>

export type FileProblemCode = keyof typeof DESCRIBE_FILE_PROBLEM

export const toFileProblem = (code: FileProblemCode, paths: readonly string[]): Problem => ({
  code,
  ...DESCRIBE_FILE_PROBLEM[code](listNames(paths)),
})

/** Gathers the same trouble of many files into one problem, so that a folder of odd files is one notice. */
export class FileProblemList {
  readonly #paths = new Map<FileProblemCode, string[]>()

  add(code: FileProblemCode, path: string): void {
    this.#paths.set(code, [...(this.#paths.get(code) ?? []), path])
  }

  toProblems(): Problem[] {
    return [...this.#paths].map(([code, paths]) => toFileProblem(code, paths))
  }
}
