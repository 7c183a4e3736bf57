import type { ColorTable } from '../domain/volume/colorMaps.ts'

/** A layer's drawing that can be put on a canvas; an SVG is read again from its text. */
async function toDrawable(layer: Element, width: number, height: number): Promise<CanvasImageSource | null> {
  if (layer instanceof HTMLCanvasElement) return layer.width * layer.height > 0 ? layer : null
  if (!(layer instanceof SVGSVGElement)) return null
  const copy = layer.cloneNode(true) as SVGSVGElement
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`
  await image.decode()
  return image
}

/** What the picture itself is made of, which has its colours. */
const isOfPicture = (layer: HTMLElement | SVGElement): boolean =>
  ['slab', 'still'].includes(layer.dataset.overlay ?? '')

function createContext([width, height]: readonly [number, number]): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  return canvas.getContext('2d')!
}

/** A drawing in greys with the colours of a table. */
function colour(
  source: CanvasImageSource,
  size: readonly [number, number],
  [red, green, blue]: ColorTable,
): HTMLCanvasElement {
  const context = createContext(size)
  context.drawImage(source, 0, 0, ...size)
  const pixels = context.getImageData(0, 0, ...size)
  const { data } = pixels
  for (let at = 0; at < data.length; at += 4) {
    const level = data[at]
    data[at] = red[level]
    data[at + 1] = green[level]
    data[at + 2] = blue[level]
  }
  context.putImageData(pixels, 0, 0)
  return context.canvas
}

/** A drawing with the layers over it that are visible, in device pixels. `colors`: what greys are shown as; null: as they are. Width and height of the view in CSS pixels. */
export async function toPicture(
  drawing: HTMLCanvasElement,
  layers: readonly Element[],
  [width, height]: readonly [number, number],
  colors: ColorTable | null,
): Promise<HTMLCanvasElement> {
  const size = [drawing.width, drawing.height] as const
  const context = createContext(size)
  const draw = (source: CanvasImageSource, isPicture: boolean, opacity: number) => {
    context.globalAlpha = opacity
    context.drawImage(isPicture && colors ? colour(source, size, colors) : source, 0, 0, ...size)
  }
  draw(drawing, true, 1)
  for (const layer of layers) {
    const { display, visibility, opacity } = getComputedStyle(layer)
    if (display === 'none' || visibility === 'hidden') continue
    const source = await toDrawable(layer, width, height)
    if (source) draw(source, isOfPicture(layer as HTMLElement | SVGElement), Number(opacity))
  }
  context.globalAlpha = 1
  return context.canvas
}
