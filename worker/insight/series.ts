/** Values that a chart of volume names unless told, and at most: more than that no eye tells apart. */
export const seriesDefault = 8
export const seriesMax = 20
