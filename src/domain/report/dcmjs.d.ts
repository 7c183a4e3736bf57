/** What is used of dcmjs, which has no types of its own. */
declare module 'dcmjs' {
  const dcmjs: {
    readonly utilities: {
      readonly TID300: { readonly Length: new (parts: object) => { contentItem(): readonly object[] } }
    }
    readonly data: {
      readonly DicomMetaDictionary: {
        denaturalizeDataset(dataset: object): object
        naturalizeDataset(dict: object): object
      }
      readonly DicomMessage: { readFile(bytes: ArrayBuffer): { readonly dict: object } }
      readonly DicomDict: new (meta: object) => { dict: object; write(): ArrayBuffer }
    }
  }
  export default dcmjs
}
