// Package chart draws line charts as SVG: panels side by side, each with axes,
// ticks, labels, lines, marks and a legend. It is made for figures
// that are printed: white ground, black axes, and lines that differ by their dashes
// as well as by their colours.
//
// # Notation
//
// A [Figure] is a row of panels. A [Panel] maps a rectangle XRange × YRange of
// the plane onto the page and clips to it. A [Series] is a list of points in those
// coordinates with a [Style] that says how to draw them. The order of the series
// is the order in which they are drawn and listed in the legend.
//
// # What it does not promise
//
// Coordinates are floats, rounded to a hundredth of a pixel: a chart shows numbers
// that were decided elsewhere, and decides nothing. The same figure always gives
// the same bytes.
package chart
