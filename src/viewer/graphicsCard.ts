interface Card {
  /** Longest edge of a 3-D texture here, or 0 without WebGL 2. */
  readonly textureLimit: number
  /** The processor draws in place of a card. */
  readonly isSoftware: boolean
}

const NONE: Card = { textureLimit: 0, isSoftware: true }

let known: Card | null = null

/** Without WebGL it is asked again the next time: the user may have switched it on. */
export function getCard(): Card {
  if (known) return known
  const gl = document.createElement('canvas').getContext('webgl2')
  if (!gl) return NONE
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  const card = {
    textureLimit: Number(gl.getParameter(gl.MAX_3D_TEXTURE_SIZE)),
    isSoftware: /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name),
  }
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  if (card.textureLimit > 0) known = card
  return card
}
