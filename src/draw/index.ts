// padwise/draw: any layer as a figure, and figures as SVG. A figure is plain data that names roles, so that a page, a terminal
// and paper draw the same.

export type { Box, Figure, Ink, Label, Line, Mark, Paint, Picture, Place, Role, Table } from './picture.ts';
export { CELL, SERIES } from './picture.ts';
export { animatedSvg, filmStrip, type SvgOptions, svg } from './svg.ts';
export { type Colours, dark, inked, light, painted, paper, type Theme, themes } from './theme.ts';
export type { WindowOptions } from './view.ts';
export { windowGrid } from './window.ts';
