/** What happens to a code; what is left out does not. Lengths are in modules, angles in degrees. */
export interface DamageStrength {
  /** Share of the code that blobs of dirt cover. */
  readonly dirt?: number;
  /** Number of scratches across the code. */
  readonly scratches?: number;
  /** Of what is dark and what is light: 1 is the whole range. */
  readonly contrast?: number;
  /** Deviation of the camera's noise, of a range of 1. */
  readonly noise?: number;
  /** Radius of the disc that a point becomes out of focus. */
  readonly defocus?: number;
  /** Way that the code moves while the shutter is open, in a direction that is drawn. */
  readonly motion?: number;
  /** Between the camera and the normal of the code. */
  readonly tilt?: number;
  /** Half of the arc that the code is wrapped around, its axis along one side of the code. */
  readonly cylinder?: number;
  /** Pixels of a module. */
  readonly moduleSize?: number;
  /** How much of the light is gone at the darkest side. */
  readonly light?: number;
  /** Strength of a glare that saturates. */
  readonly glare?: number;
  /** How much of what finds the code is broken: finder patterns, the border of a Data Matrix, the start of a linear code. */
  readonly finder?: number;
  /** Modules are round dots of this diameter, placed with a trembling hand. */
  readonly dots?: number;
  /** Roughness of the ground, brushed metal. */
  readonly metal?: number;
  /** In the plane. */
  readonly rotation?: number;
}

export interface Damage {
  /** Five, from 1 to 5. */
  readonly strengths: readonly DamageStrength[];
}
