import { fitCircleRobustly, type Plane, type Point } from '@millwright/imaging';
import type { Note } from '@millwright/kernel';
import type { Calibration } from './calibration.ts';
import { conformityOf, type MeasuringVerdict, vagueBy } from './conformity.ts';
import { findArea } from './find-area.ts';
import { findDatumPattern } from './find-datum-pattern.ts';
import { findCaliper, findCircle, findEdge, findLine } from './find-edges.ts';
import type { Found } from './found.ts';
import { derivedShape, type Frame, pictureFrame, pointOf, quantityOf } from './measure-feature.ts';
import { measuringNotes } from './notes.ts';
import { type Placement, place } from './placement.ts';
import type { Feature, MeasuringPlan } from './plan.ts';
import type { Quantity } from './quantity.ts';
import { MeasuringRefusal, refuse } from './refusal.ts';
import { type Shape, shapeOf } from './shape.ts';
import { pixelWorld, planeWorld, type World } from './world.ts';

export type MeasuringUnit = 'px' | 'mm' | 'px2' | 'mm2' | 'deg';

export interface MeasuredFeature {
  readonly name: string;
  /** Null where it was not measured. */
  readonly value: number | null;
  readonly unit: MeasuringUnit;
  /** Combined standard uncertainty (GUM, JCGM 100:2008), and what it is made of. */
  readonly uncertainty: number | null;
  readonly budget: UncertaintyBudget | null;
  readonly nominal: number | null;
  readonly deviation: number | null;
  readonly verdict: MeasuringVerdict;
  /** Why it is refused. */
  readonly reason: Note | null;
  readonly notes: readonly Note[];
}

/** Standard uncertainties in the value's unit, independent of each other. */
export interface UncertaintyBudget {
  /** Type A: by the plan's study of repeated shots where it has one, else by the noise of this picture. */
  readonly repeatability: number;
  /** Type B: where the calibration's map is off from place to place. */
  readonly calibration: number;
  /** Type B: of all lengths alike, by the map and the board. */
  readonly scale: number;
}

/** Where the plan's datum lies in this picture, pixels and degrees. */
export interface DatumPose extends Point {
  readonly angle: number;
}

export interface PictureMeasurement {
  readonly features: readonly MeasuredFeature[];
  readonly verdict: MeasuringVerdict;
  readonly datum: DatumPose | null;
  /** What was found in the picture by the feature's name, for those who want to look. */
  readonly found: ReadonlyMap<string, Found>;
}

/** Measures what a plan wants in one picture. Nothing that cannot be measured stops the rest. */
export function measurePicture(plane: Plane, plan: MeasuringPlan, calibration?: Calibration): PictureMeasurement {
  return new Measurement(plane, plan, calibration).run();
}

class Measurement {
  readonly #plane: Plane;
  readonly #plan: MeasuringPlan;
  readonly #features: ReadonlyMap<string, Feature>;
  readonly #calibration: Calibration | undefined;
  readonly #found = new Map<string, Found | MeasuringRefusal>();
  #placement: Placement | undefined;
  #datum: DatumPose | null = null;
  #datumReason: Note | undefined;

  constructor(plane: Plane, plan: MeasuringPlan, calibration: Calibration | undefined) {
    this.#plane = plane;
    this.#plan = plan;
    this.#calibration = calibration;
    this.#features = new Map(plan.features.map((feature) => [feature.name, feature]));
  }

  run(): PictureMeasurement {
    this.#findDatum();
    const features = this.#plan.features.map((feature) => this.#measure(feature));
    const verdicts = new Set(features.map(({ verdict }) => verdict));
    const found = [...this.#found].filter((one): one is [string, Found] => !(one[1] instanceof MeasuringRefusal));
    return {
      ...{ features, datum: this.#datum, found: new Map(found) },
      verdict: verdicts.has('ng') ? 'ng' : verdicts.has('refused') ? 'refused' : 'ok',
    };
  }

  #findDatum(): void {
    const { datum } = this.#plan;
    if (!datum) return;
    if ('pattern' in datum) {
      try {
        this.#placement = findDatumPattern(this.#plane, datum.pattern);
        this.#datum = { ...this.#placement.to, angle: this.#placement.turn };
      } catch (error) {
        if (!(error instanceof MeasuringRefusal)) throw error;
        this.#datumReason = error.note;
      }
      return;
    }
    let name = datum.origin;
    try {
      const origin = pointOf(this.#shape(name, pixelWorld), name);
      let angle = datum.angle;
      if (datum.axis !== undefined) {
        name = datum.axis;
        const axis = this.#shape(name, pixelWorld);
        const way =
          axis.kind === 'line' ? axis.line.direction : { x: axis.point.x - origin.x, y: axis.point.y - origin.y };
        angle = (Math.atan2(way.y, way.x) * 180) / Math.PI;
        // A line has no sense: of its two, the one nearer to how the part was drawn.
        if (axis.kind === 'line' && Math.abs(wrapped(angle - datum.angle)) > 90) angle = wrapped(angle + 180);
      }
      this.#datum = { x: origin.x, y: origin.y, angle };
      this.#placement = { from: datum, to: origin, turn: wrapped(angle - datum.angle) };
    } catch (error) {
      if (!(error instanceof MeasuringRefusal)) throw error;
      this.#datumReason = measuringNotes['datum-missing']({ name });
    }
  }

  #world(unit: 'px' | 'mm'): World {
    if (unit === 'px') return pixelWorld;
    const calibration = this.#calibration;
    if (!calibration) return refuse(measuringNotes['needs-calibration']());
    const { width, height } = calibration;
    if (this.#plane.width !== width || this.#plane.height !== height)
      return refuse(measuringNotes['other-size']({ width, height }));
    return planeWorld(calibration);
  }

  #frame(world: World): Frame {
    if (!this.#datum) return pictureFrame;
    const { x, y, angle } = this.#datum;
    const origin = world.at({ x, y });
    const cos = Math.cos((angle * Math.PI) / 180);
    const sin = Math.sin((angle * Math.PI) / 180);
    const towards = (dx: number, dy: number): Point => {
      const there = world.at({ x: x + dx, y: y + dy });
      const size = Math.hypot(there.x - origin.x, there.y - origin.y);
      return { x: (there.x - origin.x) / size, y: (there.y - origin.y) / size };
    };
    return { origin, x: towards(cos, sin), y: towards(-sin, cos) };
  }

  /** Found once, whatever is measured of it. */
  #find(feature: Feature): Found {
    const known = this.#found.get(feature.name);
    if (known instanceof MeasuringRefusal) throw known;
    if (known) return known;
    try {
      const found = this.#search(feature);
      this.#found.set(feature.name, found);
      return found;
    } catch (error) {
      if (error instanceof MeasuringRefusal) this.#found.set(feature.name, error);
      throw error;
    }
  }

  #search(feature: Feature): Found {
    const { datum } = this.#plan;
    const isDatum =
      datum !== undefined && 'origin' in datum && (feature.name === datum.origin || feature.name === datum.axis);
    if (this.#datumReason && !isDatum) return refuse(this.#datumReason);
    const placed = <F extends Extract<Feature, { region: unknown }>>(one: F): F =>
      this.#placement && !isDatum ? { ...one, region: place(this.#placement, one.region) } : one;
    switch (feature.tool) {
      case 'edge':
        return findEdge(this.#plane, placed(feature));
      case 'line':
        return findLine(this.#plane, placed(feature));
      case 'circle':
        return findCircle(this.#plane, placed(feature), (edges) => fitCircleRobustly(edges));
      case 'caliper':
        return findCaliper(this.#plane, placed(feature));
      case 'area':
        return findArea(this.#plane, placed(feature));
      default:
        throw new TypeError(`${feature.tool} searches nothing`);
    }
  }

  #shape(name: string, world: World): Shape {
    const feature = this.#features.get(name)!;
    if ('region' in feature) return shapeOf(this.#find(feature), world);
    const shape = derivedShape(feature, (other) => this.#part(other, world));
    return shape ?? refuse(measuringNotes['not-a-point']({ name }));
  }

  /** What a feature is made of; where that was not measured, this says so. */
  #part(name: string, world: World): Shape {
    try {
      return this.#shape(name, world);
    } catch (error) {
      if (error instanceof MeasuringRefusal) return refuse(measuringNotes['part-refused']({ name }));
      throw error;
    }
  }

  #measure(feature: Feature): MeasuredFeature {
    const unit = feature.unit ?? this.#plan.unit;
    const nominal = feature.nominal ?? null;
    try {
      const world = this.#world(unit);
      const parts = (name: string) => this.#part(name, world);
      const shape = 'region' in feature ? shapeOf(this.#find(feature), world) : derivedShape(feature, parts);
      const quantity = quantityOf(feature, shape, parts, this.#frame(world));
      const budget = budgetOf(quantity, world, feature.repeatability);
      const uncertainty = Math.hypot(budget.repeatability, budget.calibration, budget.scale);
      const vague = vagueBy(quantity.value, uncertainty, sizes.has(measureOf(feature)), feature);
      const verdict =
        vague === undefined ? conformityOf(quantity.value, uncertainty, feature, this.#plan.rule) : 'refused';
      const reason =
        vague === undefined
          ? measuringNotes.undecided()
          : measuringNotes['too-uncertain']({ expanded: Number(vague.toPrecision(2)) });
      const found = this.#found.get(feature.name);
      const saturated = found !== undefined && !(found instanceof MeasuringRefusal) && found.saturated;
      return {
        ...{ name: feature.name, value: quantity.value, unit: unitOf(quantity, unit), uncertainty, budget, nominal },
        deviation: nominal === null ? null : quantity.value - nominal,
        ...{ verdict, reason: verdict === 'refused' ? reason : null },
        notes: saturated ? [measuringNotes.saturated()] : [],
      };
    } catch (error) {
      if (!(error instanceof MeasuringRefusal)) throw error;
      return {
        ...{ name: feature.name, value: null, unit: unitOf({ dimension: dimensionOf(feature) }, unit) },
        ...{
          uncertainty: null,
          budget: null,
          nominal,
          deviation: null,
          verdict: 'refused',
          reason: error.note,
          notes: [],
        },
      };
    }
  }
}

/** Law of propagation of uncertainty for independent parts (GUM, JCGM 100:2008, 5.1.2). */
function budgetOf(quantity: Quantity, world: World, repeatability: number | undefined): UncertaintyBudget {
  return {
    repeatability: repeatability ?? quantity.noise,
    calibration: quantity.places * world.placeUncertainty,
    scale: quantity.dimension * Math.abs(quantity.value) * world.scaleUncertainty,
  };
}

const measureOf = (feature: Feature): string => ('measure' in feature ? feature.measure : feature.tool);

/** What is never near 0, as a place, an angle, a distance of two middles or the error of a form may be. */
const sizes: ReadonlySet<string> = new Set(['diameter', 'radius', 'width', 'area', 'perimeter']);

function dimensionOf(feature: Feature): 0 | 1 | 2 {
  const measure = measureOf(feature);
  return measure === 'angle' ? 0 : measure === 'area' ? 2 : 1;
}

const unitOf = ({ dimension }: Pick<Quantity, 'dimension'>, unit: 'px' | 'mm'): MeasuringUnit =>
  dimension === 0 ? 'deg' : dimension === 2 ? `${unit}2` : unit;

/** Degrees from -180 to below 180. */
const wrapped = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;
