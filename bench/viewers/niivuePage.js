import { Dcm2niix } from './dcm2niix/index.jpeg.js'

/*
 * The least page that opens DICOM in niivue as its makers do: dcm2niix in a worker, then the three planes.
 */

const { Niivue, NVImage } = globalThis.niivue
const nv = new Niivue({ backColor: [0, 0, 0, 1], show3Dcrosshair: false })
await nv.attachTo('views')
nv.setSliceType(nv.sliceTypeMultiplanar)
nv.opts.multiplanarShowRender = 0
const converter = new Dcm2niix()
await converter.init()

document.getElementById('files').addEventListener('change', async ({ target }) => {
  const converted = await converter.input(target.files).z('n').run()
  const nifti = converted.find(({ name }) => name.endsWith('.nii'))
  const volume = await NVImage.loadFromFile({ file: nifti, cal_min: -1350, cal_max: 150 })
  nv.addVolume(volume)
  globalThis.isShown = true
})

/** Where the axial plane is drawn, as shares of the page. */
globalThis.axialBox = () => {
  const { leftTopWidthHeight } = nv.screenSlices.find(({ axCorSag }) => axCorSag === 0)
  const canvas = nv.canvas
  const [left, top, width, height] = leftTopWidthHeight
  return {
    left: left / canvas.width,
    top: top / canvas.height,
    width: width / canvas.width,
    height: height / canvas.height,
  }
}
globalThis.isReady = true
