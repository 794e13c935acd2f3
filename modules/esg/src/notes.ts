import { defineNotes, type Note, type NoteValue } from '@millwright/kernel';

interface OfPoint {
  site: string;
  point: string;
}
interface Missing {
  what: NoteValue;
  amount: NoteValue;
}
interface OfCertificate {
  certificate: string;
}

/** `electricity`, a medium of heat or a fuel, as a word that the console has. */
export const carrierTerm = (name: string): NoteValue => ({ term: `carrier.${name}` });
export const amountOf = (quantity: string, unit: string): NoteValue => ({ amount: quantity, unit });

/** Everything that a figure says beside its numbers. Regions are written as the plant tree has them. */
export const esgNotes = defineNotes('esg', {
  'factor-unconfirmed': ({ factor, confidence }: { factor: string; confidence: string }) =>
    `${factor} is not confirmed: ${confidence}.`,
  'factor-superseded': ({ factor, by }: { factor: string; by: string }) => `${factor} was superseded by ${by}.`,
  'factor-of-another-year': ({ factor, applies, year }: { factor: string; applies: number; year: number }) =>
    `${factor} applies to ${applies}; the activity is of ${year}.`,
  'factor-missing': ({ what, region, year, amount }: Missing & { region: string; year: number }) =>
    `The library has no factor of ${what} in ${region} up to ${year}, so ${amount} are not turned into emissions: import one with its document, or name one.`,
  'region-missing': ({ what, amount }: Missing) =>
    `Nothing says in which region ${amount} of ${what} were bought, so they are not turned into emissions: give the site its region, or name a factor.`,
  'factor-default': ({ what, region, factor }: { what: NoteValue; region: string; factor: string }) =>
    `No factor was named for ${what} in ${region}; ${factor} was used.`,
  'factor-elsewhere': ({ region, factor, of }: { region: string; factor: string; of: string }) =>
    `${factor} is of ${of}, so it was not used for electricity in ${region}.`,
  'region-assumed': ({ region }: { region: string }) => `No region was named; ${region} was assumed.`,
  'calorific-value-default': (values: { value: string; unit: string; document: string; confidence: string }) =>
    `No net calorific value was given; used ${values.value} ${values.unit} (${values.document}; ${values.confidence}).`,
  'density-default': ({ line, density }: { line: string; density: string }) =>
    `${line}: no density was given; ${density} kg/L was taken.`,
  'other-gases-left-out': () => 'Only CO2 is counted; name factors of CH4 and N2O in otherGases to include them.',
  'steam-state-missing': ({ amount }: { amount: NoteValue }) =>
    `Nothing says what steam ${amount} were, so their energy is not known: state the enthalpy, or the pressure or temperature.`,
  'steam-saturated-at-pressure': ({ pressure, enthalpy }: { pressure: string; enthalpy: string }) =>
    `The steam was taken as dry and saturated at ${pressure} MPa (absolute): ${enthalpy} kJ/kg by IAPWS-IF97.`,
  'steam-saturated-at-temperature': ({ temperature, enthalpy }: { temperature: string; enthalpy: string }) =>
    `The steam was taken as dry and saturated at ${temperature} Cel: ${enthalpy} kJ/kg by IAPWS-IF97.`,
  'steam-superheated': (values: { pressure: string; temperature: string; enthalpy: string }) =>
    `Superheated steam of ${values.pressure} MPa (absolute) and ${values.temperature} Cel: ${values.enthalpy} kJ/kg by IAPWS-IF97.`,
  'feed-water-default': ({ enthalpy }: { enthalpy: string }) =>
    `No enthalpy of the feed water was given; ${enthalpy} kJ/kg was taken, water of 20 Cel, as the Chinese accounting guides do.`,
  'residual-mix-missing': ({ factor }: { factor: string }) =>
    `No residual mix was named, so what no certificate covers is calculated with ${factor}; it may count green power that others have bought.`,
  'certificate-without-evidence': ({ certificate }: OfCertificate) =>
    `Certificate ${certificate}: no evidence is attached.`,
  'certificate-vintage-mismatch': ({ certificate, vintage, year }: OfCertificate & { vintage: number; year: number }) =>
    `Certificate ${certificate}: its vintage is ${vintage}, the consumption is of ${year}.`,
  'certificate-region-mismatch': ({ certificate, of, region }: OfCertificate & { of: string; region: string }) =>
    `Certificate ${certificate}: it is of ${of}, the consumption is in ${region}.`,
  'certificate-region-unchecked': ({ certificate, of }: OfCertificate & { of: string }) =>
    `Certificate ${certificate}: it is of ${of}, and nothing says in which region the electricity was consumed.`,
  'claim-without-certificate': ({ amount }: { amount: NoteValue }) =>
    `${amount} are called renewable without a certificate; they are calculated like the rest.`,
  'certificate-left-out': ({ certificate, amount }: OfCertificate & { amount: NoteValue }) =>
    `Certificate ${certificate} of ${amount} was left out: no electricity is left that it could cover whole.`,
  'certificate-of-site-left-out': ({
    certificate,
    amount,
    site,
  }: OfCertificate & { amount: NoteValue; site: string }) =>
    `Certificate ${certificate} of ${amount} was left out: no electricity of ${site} is left that it could cover whole.`,
  'certificates-of-year-left-out': ({ count, year }: { count: number; year: string }) =>
    `Certificates of ${year} left out: ${count}. They cover a year, and the period is another.`,
  'certificates-of-file-left-out': ({ count }: { count: number }) =>
    `Certificates of the file left out: ${count}. Register each with its document.`,
  'statement-beyond-period': (values: Missing & { place: string; from: NoteValue; to: NoteValue }) =>
    `${values.place}: ${values.amount} of ${values.what} were left out: they are of ${values.from} to ${values.to}, more than the period.`,
  'stated-twice': ({ what, place, year }: { what: NoteValue; place: string; year: number }) =>
    `${place}: ${what} is stated for ${year} and for months of it; all of it was counted.`,
  'meter-not-read': ({ site, point, what }: OfPoint & { what: NoteValue }) =>
    `${site}: ${what} was stated, so its main meter ${point} was not read.`,
  'meters-added': ({ site, what, count }: { site: string; what: NoteValue; count: number }) =>
    `${site}: ${count} main meters of ${what} were added up.`,
  'meter-alone': ({ site, point, what }: OfPoint & { what: NoteValue }) =>
    `${site}: ${point} is the only meter of ${what}, so it was taken for the supply; mark it as main meter.`,
  'heat-unmarked': ({ site, what }: { site: string; what: NoteValue }) =>
    `${site}: no meter of ${what} is marked as main meter, so it is taken to be made on the site, from energy counted elsewhere.`,
  'meters-unmarked': ({ site, what, count }: { site: string; what: NoteValue; count: number }) =>
    `${site}: ${what} has ${count} meters and none is marked as main meter, so none was counted.`,
  'meter-unsuitable': ({ site, point, unit, what }: OfPoint & { unit: string; what: NoteValue }) =>
    `${site}: the main meter ${point} counts ${unit}, no amount of ${what} that emissions are made of.`,
  'meter-without-readings': ({ site, point }: OfPoint) =>
    `${site}: ${point} has no readings in the period, so it was left out.`,
  'meter-covers': ({ site, point, share }: OfPoint & { share: NoteValue }) =>
    `${site}: readings of ${point} speak for ${share} of the period; nothing was added for the rest.`,
  'electricity-exported': ({ site, point, amount }: OfPoint & { amount: NoteValue }) =>
    `${site}: ${point} counted ${amount} delivered to the grid, which are not taken off what was drawn from it.`,
  'period-open': ({ site, until }: { site: string; until: NoteValue }) =>
    `${site}: the period has not ended; meters were read until ${until}.`,
  'year-alone': ({ year }: { year: string }) => `There is no data of ${year}; the reporting year stands alone.`,
  'year-recalculated': ({ year, reportingYear }: { year: string; reportingYear: string }) =>
    `${year} was recalculated with the electricity factor of ${reportingYear}.`,
  'area-missing': () => 'Figures per m2 were left out, as a floor area is missing.',
  'area-for-check': ({ years }: { years: readonly string[] }) =>
    `The floor area of ${years} is given for checking only; figures per m2 rest on it.`,
  'note-of-file': ({ note }: { note: string }) => `${note}`,
});

/** A note about one of several: a line of a calculation, a year of a table. */
export interface NoteAbout extends Note {
  readonly about?: string;
}
