import { cameraTampering } from './camera-tampering/camera-tampering.ts';
import { equipmentMissing } from './equipment-missing/equipment-missing.ts';
import { flameLike } from './flame-like/flame-like.ts';
import { lineCrossing } from './line-crossing/line-crossing.ts';
import { loitering } from './loitering/loitering.ts';
import { nearMovingVehicle } from './near-moving-vehicle/near-moving-vehicle.ts';
import { objectLeft } from './object-left/object-left.ts';
import { objectTaken } from './object-taken/object-taken.ts';
import { occupancy } from './occupancy/occupancy.ts';
import { personDown } from './person-down/person-down.ts';
import type { RuleKind } from './rule.ts';
import { running } from './running/running.ts';
import { smokeLike } from './smoke-like/smoke-like.ts';
import { stoppedVehicle } from './stopped-vehicle/stopped-vehicle.ts';
import { wrongWay } from './wrong-way/wrong-way.ts';
import { zoneAbsence } from './zone-absence/zone-absence.ts';
import { zoneEntry } from './zone-entry/zone-entry.ts';

/** Every kind of rule that there is. Each checks its own settings by its schema before it is started with them. */
export const ruleKinds = [
  zoneEntry,
  zoneAbsence,
  lineCrossing,
  loitering,
  occupancy,
  wrongWay,
  running,
  stoppedVehicle,
  objectLeft,
  objectTaken,
  personDown,
  nearMovingVehicle,
  equipmentMissing,
  smokeLike,
  flameLike,
  cameraTampering,
] as unknown as readonly RuleKind[];

const byName = new Map(ruleKinds.map((kind) => [kind.kind, kind]));

/** Undefined for a name that no kind has. */
export const kindOf = (name: string): RuleKind | undefined => byName.get(name);
