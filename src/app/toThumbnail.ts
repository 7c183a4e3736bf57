const SIDE_PX = 112

/** A picture made small, whole within a square, as the address of a JPEG of a few kilobytes. */
export function toThumbnail(picture: HTMLCanvasElement): string | null {
  const small = document.createElement('canvas')
  Object.assign(small, { width: SIDE_PX, height: SIDE_PX })
  const context = small.getContext('2d')
  if (!context || picture.width * picture.height === 0) return null
  const scale = SIDE_PX / Math.min(picture.width, picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, (SIDE_PX - width) / 2, (SIDE_PX - height) / 2, width, height)
  return small.toDataURL('image/jpeg', 0.8)
}
