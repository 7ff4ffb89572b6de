// padwise/draw: any layer as a figure, and figures as SVG, TikZ and text. A figure is plain data that names roles, so that a page,
// a terminal and paper draw the same.

export { type ChannelOptions, channelsFigure } from './channels.ts';
export { type Drawing, type DrawnView, parseDrawing, printDrawing, VIEWS } from './drawing.ts';
export { type DriftOptions, driftFigure } from './drift.ts';
export { type HeatMap, heatCounts } from './heat/counts.ts';
export { type HeatOptions, heatFigure, heatFigures } from './heat.ts';
export { windowFigure } from './layer.ts';
export type { Numbers } from './numbers.ts';
export { figure } from './open.ts';
export type {
  Box,
  Figure,
  Ink,
  Label,
  Line,
  Mark,
  Paint,
  Picture,
  Place,
  Role,
  Table,
} from './picture.ts';
export { CELL, SERIES } from './picture.ts';
export { type ReachOptions, reachFigure } from './reach.ts';
export { type ReachMapOptions, reachMapFigure } from './reach-map.ts';
export { sourceOf } from './reading.ts';
export { type ScatterOptions, scatterFigure } from './scatter.ts';
export { type ShiftOptions, shiftFigure } from './shift.ts';
export { type ShiftMapOptions, shiftMapFigure } from './shift-map.ts';
export { type StripOptions, stripFigure } from './strips.ts';
export { animatedSvg, filmStrip, type SvgOptions, svg } from './svg.ts';
export { text } from './text.ts';
export { type Colours, dark, inked, light, painted, paper, type Theme, themes } from './theme.ts';
export { tikz } from './tikz.ts';
export type { WindowOptions } from './view.ts';
