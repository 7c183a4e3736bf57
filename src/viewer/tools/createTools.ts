import type { ToolId } from '../viewer.ts'
import { NavigateTool } from './navigateTool.ts'
import { type PlaceControls, PlaceTool } from './placeTool.ts'
import type { Tool } from './tool.ts'

/** All that a viewer's pointer can be. */
export const createTools = (controls: PlaceControls): Readonly<Record<ToolId, Tool>> => ({
  navigate: new NavigateTool(controls),
  place: new PlaceTool(controls),
})
