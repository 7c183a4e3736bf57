import type { Problem } from '../../base/result.ts'

type Describe = (names: string, kind: string) => Omit<Problem, 'code'>

const DROP_A_SCAN = 'Drop a folder or zip of DICOM files, or a .nii or .nii.gz volume.'
const OTHERS_ARE_FINE = 'Export the file again; the other files are not affected.'

/** What can be wrong with a file, each as cause and next step. */
export const DESCRIBE_FILE_PROBLEM = {
  'file-not-recognised': (names) => ({
    message: `${names}: neither DICOM nor NIfTI.`,
    nextStep: DROP_A_SCAN,
  }),
  'archive-not-read': (names, kind) => ({
    message: `${names}: packed as ${kind}, which is not read.`,
    nextStep: 'Unpack it with another program and drop the folder.',
  }),
  'empty-file': (names) => ({
    message: `${names}: the file is empty.`,
    nextStep: 'Copy or export the file again.',
  }),
  'file-unreadable': (names) => ({
    message: `${names}: the browser could not read the file; it may have been moved or changed.`,
    nextStep: 'Drop it again.',
  }),
  'file-unexpected': (names, cause) => ({
    message: `${names}: reading it failed in a way that is not foreseen (${cause}).`,
    nextStep: OTHERS_ARE_FINE,
  }),
  'dicom-damaged': (names) => ({
    message: `${names}: the DICOM header is damaged and cannot be read.`,
    nextStep: OTHERS_ARE_FINE,
  }),
  'dicom-truncated': (names) => ({
    message: `${names}: the file is cut off before its last pixel.`,
    nextStep: 'Copy or export it again; the other slices are opened without it.',
  }),
  'dicom-frames': (names) => ({
    message: `${names}: the header names more frames than the file holds.`,
    nextStep: OTHERS_ARE_FINE,
  }),
  'dicom-pixel-format': (names) => ({
    message: `${names}: the header names a size or a number of bits that pixels cannot have.`,
    nextStep: OTHERS_ARE_FINE,
  }),
  'dicom-rescale': (names) => ({
    message: `${names}: the header names a rescale slope or intercept of which no HU can be made.`,
    nextStep: 'Export the file again with Rescale Slope and Intercept (0028,1053 and 0028,1052).',
  }),
  'dicom-without-pixels': (names, kind) => ({
    message: `${names}: ${kind} without pixels.`,
    nextStep: 'Drop the CT slices that belong to it, or export the file again with its pixels.',
  }),
  'dicom-not-an-image': (names, kind) => ({
    message: `${names}: ${kind}, no image inside.`,
    nextStep: 'Drop the CT slices that belong to it.',
  }),
  'sr-without-content': (names) => ({
    message: `${names}: a structured report without measurements (TID 1500) and without words.`,
    nextStep: 'Open it in a program that shows reports of its kind.',
  }),
  'seg-not-read': (names, kind) => ({
    message: `${names}: a segmentation that cannot be drawn: ${kind}.`,
    nextStep: 'Export it again uncompressed, as binary, fractional or label map segmentation.',
  }),
  'rtstruct-not-read': (names, kind) => ({
    message: `${names}: a radiotherapy structure set that cannot be drawn: ${kind}.`,
    nextStep: 'Export it again from the program that it was drawn in.',
  }),
  'rtstruct-regions-left-out': (names, kind) => ({
    message: `${names}: regions that are not drawn: ${kind}.`,
    nextStep: 'The other regions are shown; export it again where one of these is wanted.',
  }),
  'dicom-directory': (names) => ({
    message: `${names}: a DICOMDIR, which only lists the files of a disc.`,
    nextStep: 'Drop the folder that it lists: the whole disc, with its images.',
  }),
  'nifti-pair': (names) => ({
    message: `${names}: a NIfTI header whose image lies in a second file (.hdr/.img).`,
    nextStep: 'Convert the pair to one .nii or .nii.gz file.',
  }),
  'gzip-damaged': (names) => ({
    message: `${names}: the compressed file is cut off or damaged.`,
    nextStep: 'Download or export it again.',
  }),
  'zip-damaged': (names) => ({
    message: `${names}: the zip archive is damaged or cut off.`,
    nextStep: 'Copy or export it again, or unpack it with another program and drop the folder.',
  }),
  'zip-encrypted': (names) => ({
    message: `${names}: encrypted with a password.`,
    nextStep: 'Unpack the archive with its password in another program and drop the folder.',
  }),
  'zip-method': (names, kind) => ({
    message: `${names}: compressed by ${kind}, which is not read.`,
    nextStep: 'Unpack the archive with another program and drop the folder.',
  }),
  'zip-too-deep': (names) => ({
    message: `${names}: an archive inside an archive inside an archive.`,
    nextStep: 'Unpack the outer archive and drop the folder.',
  }),
  'archive-too-large': (names) => ({
    message: `${names}: it would unpack to more than 2 GB.`,
    nextStep: 'Unpack it and drop the folder, or only the series to read.',
  }),
  'archive-bomb': (names) => ({
    message: `${names}: it would unpack to more than a hundred times its size, as no scan does.`,
    nextStep: 'If it does hold a scan, unpack it with another program and drop the folder.',
  }),
} satisfies Record<string, Describe>

export type FileProblemCode = keyof typeof DESCRIBE_FILE_PROBLEM
