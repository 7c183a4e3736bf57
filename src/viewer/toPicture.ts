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

/** What the picture itself is made of, which is inverted with it. */
const isOfPicture = (layer: HTMLElement | SVGElement): boolean =>
  ['slab', 'still'].includes(layer.dataset.overlay ?? '')

/** A drawing with the layers over it that are visible, in device pixels. Width and height of the view in CSS pixels. */
export async function toPicture(
  drawing: HTMLCanvasElement,
  layers: readonly Element[],
  [width, height]: readonly [number, number],
  isInverted: boolean,
): Promise<HTMLCanvasElement> {
  const picture = document.createElement('canvas')
  Object.assign(picture, { width: drawing.width, height: drawing.height })
  const context = picture.getContext('2d')!
  const draw = (source: CanvasImageSource, isPicture: boolean, opacity: number) => {
    context.filter = isPicture && isInverted ? 'invert(1)' : 'none'
    context.globalAlpha = opacity
    context.drawImage(source, 0, 0, picture.width, picture.height)
  }
  draw(drawing, true, 1)
  for (const layer of layers) {
    const { display, visibility, opacity } = getComputedStyle(layer)
    if (display === 'none' || visibility === 'hidden') continue
    const source = await toDrawable(layer, width, height)
    if (source) draw(source, isOfPicture(layer as HTMLElement | SVGElement), Number(opacity))
  }
  context.filter = 'none'
  context.globalAlpha = 1
  return picture
}
