/** A line drawn over what the layer has already. `color` is CSS. */
export function addStroke(drawing: SVGSVGElement, color: string, widthPx: number): SVGPathElement {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('stroke', color)
  path.setAttribute('stroke-width', String(widthPx))
  path.setAttribute('fill', 'none')
  drawing.append(path)
  return path
}
