import { z } from 'zod';

/** What is measured on a part, with its tolerances. Plain JSON; safe in a browser. */
const length = z.number().finite().gt(0).max(100_000);
const place = z.number().finite().min(-100_000).max(100_000);
const degrees = z.number().finite().min(-360).max(360);
const featureName = z.string().trim().min(1).max(80);

/** A rectangle that is scanned along its length; `angle` turns the scan clockwise from the x axis (y points down). */
const scanRectangleSchema = z.strictObject({
  /** Its middle, pixels. */
  x: place,
  y: place,
  angle: degrees.default(0),
  /** Along the scan, pixels. */
  length,
  /** Across the scan, pixels. */
  width: length,
});

/** A ring, or a part of one, scanned outwards. */
const ringSchema = z
  .strictObject({
    x: place,
    y: place,
    /** Radii, pixels. */
    inner: z.number().finite().min(0).max(100_000),
    outer: length,
    /** Degrees clockwise from the x axis. */
    from: degrees.default(0),
    to: degrees.default(360),
  })
  .refine(({ inner, outer }) => outer - inner >= 5, {
    message: 'the outer radius must be at least 5 px above the inner',
  })
  .refine(({ from, to }) => to - from >= 20 && to - from <= 360, { message: 'an arc has 20 to 360 degrees' });

const boxSchema = z.strictObject({ x: place, y: place, angle: degrees.default(0), width: length, height: length });

/** Which edges count. */
const edgeOptions = {
  /** Seen along the scan: `rising` becomes brighter. */
  polarity: z.enum(['any', 'rising', 'falling']).default('any'),
  /** Which one where there are several; `only` refuses then. */
  select: z.enum(['only', 'first', 'last', 'strongest']).default('only'),
  /** Smallest step of brightness, of the whole range from black to white. */
  minContrast: z.number().min(0.005).max(1).default(0.1),
};

const common = {
  name: featureName,
  /** Left out, the plan's. Angles are in degrees. */
  unit: z.enum(['px', 'mm']).optional(),
  nominal: z.number().finite().optional(),
  /** How far above and below the nominal value is still in tolerance; left out, there is no such limit. */
  plus: z.number().finite().min(0).optional(),
  minus: z.number().finite().min(0).optional(),
  /** Standard deviation of repeated measurements, in the unit of the value, from a study; left out, it is estimated in each picture. */
  repeatability: z.number().finite().min(0).optional(),
};
const pair = z.tuple([featureName, featureName]);

export const featureSchema = z.discriminatedUnion('tool', [
  /** One edge across a scan; it gives a point. */
  z.strictObject({
    ...common,
    tool: z.literal('edge'),
    region: scanRectangleSchema,
    ...edgeOptions,
    measure: z.enum(['x', 'y']).default('x'),
  }),
  /** A straight edge. `angle` is against the x axis of the datum; `straightness` the width of the strip that holds it. */
  z.strictObject({
    ...common,
    tool: z.literal('line'),
    region: scanRectangleSchema,
    ...edgeOptions,
    measure: z.enum(['angle', 'straightness']).default('angle'),
  }),
  z.strictObject({
    ...common,
    tool: z.literal('circle'),
    region: ringSchema,
    ...edgeOptions,
    measure: z.enum(['diameter', 'radius', 'x', 'y', 'roundness']).default('diameter'),
  }),
  /** Two edges that face each other. `between` says what lies between them. */
  z.strictObject({
    ...common,
    tool: z.literal('caliper'),
    region: scanRectangleSchema,
    between: z.enum(['any', 'bright', 'dark']).default('any'),
    /** Which pair where there are more than two edges: `widest` the first and the last; `only` refuses then. */
    select: z.enum(['only', 'widest']).default('only'),
    minContrast: edgeOptions.minContrast,
    measure: z.enum(['width', 'x', 'y']).default('width'),
  }),
  /** The largest region of one brightness, holes taken off. */
  z.strictObject({
    ...common,
    tool: z.literal('area'),
    region: boxSchema,
    object: z.enum(['bright', 'dark']),
    minContrast: edgeOptions.minContrast,
    measure: z.enum(['area', 'perimeter', 'x', 'y']).default('area'),
  }),
  /** Another value of a feature that is measured already. */
  z.strictObject({
    ...common,
    tool: z.literal('value'),
    of: z.tuple([featureName]),
    measure: z.enum([
      'x',
      'y',
      'angle',
      'straightness',
      'diameter',
      'radius',
      'roundness',
      'width',
      'area',
      'perimeter',
    ]),
  }),
  /** Between two points, a point and a line, or two lines (the mean over both); a circle stands for its centre. */
  z.strictObject({
    ...common,
    tool: z.literal('distance'),
    of: pair,
    along: z.enum(['direct', 'x', 'y']).default('direct'),
  }),
  /** Between two lines, 0 to 90 degrees, or up to 180 where that is nearer to the nominal value. */
  z.strictObject({ ...common, tool: z.literal('angle'), of: pair }),
  /** Where two lines cross. */
  z.strictObject({ ...common, tool: z.literal('crossing'), of: pair, measure: z.enum(['x', 'y']).default('x') }),
]);
export type Feature = z.output<typeof featureSchema>;

/** A part that lies otherwise than when the regions were drawn is measured in its own coordinates. */
const featureDatumSchema = z.strictObject({
  /** A feature that gives a point: where the part is. Its region is in the picture's coordinates, large enough to find it. */
  origin: featureName,
  /** A line, or a second point: how the part is turned. Left out, it is only shifted. */
  axis: featureName.optional(),
  /** Where origin and axis were when the regions were drawn: pixels and degrees. A measurement prints them as `datum`. */
  x: place,
  y: place,
  angle: degrees.default(0),
});

const patternSide = z.number().int().min(16).max(512);

/** The same by what a piece of the picture that the regions were drawn on looks like; its middle is the origin. */
const patternDatumSchema = z.strictObject({
  /** Pixels of that picture; `measure pattern` cuts it out. */
  pattern: z.strictObject({
    x: z.number().int().min(0),
    y: z.number().int().min(0),
    width: patternSide,
    height: patternSide,
    /** Brightness, a byte a pixel, row by row, packed (zlib) and in Base64. */
    grey: z.string().max(400_000),
  }),
});

const datumSchema = z.union([featureDatumSchema, patternDatumSchema]);

export const planSchema = z
  .strictObject({
    format: z.literal(1),
    unit: z.enum(['px', 'mm']).default('px'),
    /**
     * `simple`: in tolerance is ok. `iso14253`: proved in or out of tolerance with 95 % (ISO 14253-1:2017, guard band of 1.65
     * standard uncertainties); what is neither is refused.
     */
    rule: z.enum(['simple', 'iso14253']).default('simple'),
    datum: datumSchema.optional(),
    features: z.array(featureSchema).min(1).max(500),
  })
  .superRefine(({ features, datum }, context) => {
    const known = new Map<string, Feature>();
    for (const [at, feature] of features.entries()) {
      const say = (message: string) => context.addIssue({ code: 'custom', path: ['features', at], message });
      if (known.has(feature.name)) say(`there are two features "${feature.name}"`);
      if ('of' in feature)
        for (const other of feature.of) if (!known.has(other)) say(`"${other}" is not the name of a feature above it`);
      known.set(feature.name, feature);
    }
    for (const part of ['origin', 'axis'] as const) {
      const name = datum && 'origin' in datum ? datum[part] : undefined;
      if (name !== undefined && !known.has(name))
        context.addIssue({ code: 'custom', path: ['datum', part], message: `"${name}" is not the name of a feature` });
    }
  });
export type Pattern = z.output<typeof patternDatumSchema>['pattern'];
export type MeasuringPlan = z.output<typeof planSchema>;
