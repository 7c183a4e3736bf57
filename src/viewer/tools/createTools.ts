import type { MeasureKind } from '../../domain/measure/measure.ts'
import { MeasureLayer } from '../layers/measureLayer.ts'
import type { ToolId } from '../viewer.ts'
import { type MeasureControls, MeasureTool } from './measureTool.ts'
import { type PlaceControls, PlaceTool } from './placeTool.ts'
import type { Tool } from './tool.ts'
import { type TurnControls, TurnTool } from './turnTool.ts'

/** All that a viewer's pointer can be. */
export const createTools = (
  controls: PlaceControls & MeasureControls & TurnControls,
): Readonly<Record<ToolId, Tool>> => {
  const measure = (kind: MeasureKind): Tool => new MeasureTool(kind, controls)
  return {
    length: measure('length'),
    bidirectional: measure('bidirectional'),
    ellipse: measure('ellipse'),
    rectangle: measure('rectangle'),
    freehand: measure('freehand'),
    angle: measure('angle'),
    probe: measure('probe'),
    arrow: measure('arrow'),
    nodule: measure('nodule'),
    navigate: new TurnTool(new MeasureTool(null, controls, () => [new MeasureLayer(controls)]), controls),
    place: new PlaceTool(controls),
  }
}
