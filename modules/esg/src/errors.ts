import { defineErrors, errorKind } from '@millwright/kernel';

/** Everything that ESG can refuse, and what the reader does about it. */
export const esgErrors = defineErrors('esg', {
  ESG_FACTOR_UNKNOWN: errorKind<{ id: string; near: string[] }>({
    status: 404,
    message: ({ id, near }) =>
      `No emission factor has the id ${id}.${near.length > 0 ? ` Near to it: ${near.join(', ')}.` : ''}`,
    remedy: 'Take an id from the factor library, or import the factor with its document first.',
  }),
  ESG_FACTOR_NONE_APPLIES: errorKind<{ what: string; region: string; year: number; years: number[] }>({
    status: 404,
    message: ({ what, region, year, years }) =>
      `The library has no factor of ${what} in ${region} up to ${year}; ${years.length > 0 ? `it has ${years.join(', ')}` : 'it has none of that country'}.`,
    remedy: 'Name a factor by its id, or import one of that region with its document.',
  }),
  ESG_STEAM_STATE_MISSING: errorKind<{ line: string; unit: string }>({
    status: 422,
    message: ({ line, unit }) =>
      `Line ${line}: the steam is given in ${unit}, and nothing says how much energy a tonne of it carried.`,
    remedy:
      'Give steam, for example {"gaugeMPa":"0.8"} for dry, saturated steam, {"pressureMPa":"1","temperatureCel":"250"} or {"enthalpyKJPerKg":"2768"}.',
  }),
  ESG_FACTOR_INVALID: errorKind<{ id: string; problems: string[] }>({
    status: 422,
    message: ({ id, problems }) => `The factor ${id} is not usable: ${problems.join('; ')}.`,
    remedy: 'Correct it and try again; modules/esg/README.md describes each field.',
  }),
  ESG_FACTOR_UNSUITABLE: errorKind<{ id: string; line: string; reason: string }>({
    status: 422,
    message: ({ id, line, reason }) => `The factor ${id} cannot be used on line ${line}: ${reason}.`,
    remedy: 'Choose a factor made for this kind of activity.',
  }),
  ESG_FACTOR_FAMILIES_MIXED: errorKind<{ tradingScheme: string[]; statistical: string[] }>({
    status: 422,
    message: ({ tradingScheme, statistical }) =>
      `One calculation may not mix a country’s trading-scheme factors (${tradingScheme.join(', ')}) with its statistical averages (${statistical.join(', ')}).`,
    remedy: 'Use factors of one family throughout; to change the family, restate the earlier figures.',
  }),
  ESG_FACTOR_SUPERSEDED: errorKind<{ id: string; by: string }>({
    status: 409,
    message: ({ id, by }) => `The factor ${id} was already superseded by ${by}.`,
    remedy: 'Supersede the newest version instead.',
  }),
  ESG_FACTOR_UNCHANGED: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) => `The new version of ${id} says the same as the one it would supersede.`,
    remedy: 'Nothing has to be done.',
  }),
  ESG_UNIT_UNSUPPORTED: errorKind<{ line: string; unit: string; supported: string[] }>({
    status: 422,
    message: ({ line, unit, supported }) =>
      `Line ${line}: the unit ${unit} is not supported here; supported: ${supported.join(', ')}.`,
    remedy: 'Convert the quantity into one of them.',
  }),
  ESG_ACTIVITY_NEGATIVE: errorKind<{ line: string; field: string; value: string }>({
    status: 422,
    message: ({ line, field, value }) => `Line ${line}: ${field} is ${value}; it may not be below zero.`,
    remedy: 'Correct the reading; a credit note belongs into the period that it corrects.',
  }),
  ESG_ACTIVITY_INVALID: errorKind<{ problems: string[] }>({
    status: 422,
    message: ({ problems }) => `The activity data has ${problems.length} problem(s):\n  - ${problems.join('\n  - ')}\n`,
    remedy:
      'Correct them and try again; modules/esg/README.md describes the format and modules/esg/examples has a file.',
  }),
  ESG_POINT_NOT_STEAM: errorKind<{ point: string; unit: string; carrier: string }>({
    status: 422,
    message: ({ point, unit, carrier }) => `${point} counts ${carrier} in ${unit}, not steam by mass.`,
    remedy: 'Choose a meter of steam in t or kg; one that counts energy needs no enthalpy.',
  }),
  ESG_CALORIFIC_VALUE_MISSING: errorKind<{ line: string; fuel: string; unit: string }>({
    status: 422,
    message: ({ line, fuel, unit }) =>
      `Line ${line}: there is no net calorific value for ${fuel} measured in ${unit}, so its energy is not known.`,
    remedy:
      'Give netCalorificValue from the supplier\'s bill or the laboratory, for example {"value":"25.1","unit":"GJ/t"}.',
  }),
  ESG_DENSITY_MISSING: errorKind<{ line: string; fuel: string }>({
    status: 422,
    message: ({ line, fuel }) => `Line ${line}: ${fuel} is given in litres, but its net calorific value is per mass.`,
    remedy: 'Give densityKgPerL from the delivery note, or the quantity in t.',
  }),
  ESG_CERTIFICATES_EXCEED_CONSUMPTION: errorKind<{ line: string; certificatesMWh: string; consumedMWh: string }>({
    status: 422,
    message: ({ line, certificatesMWh, consumedMWh }) =>
      `Line ${line}: certificates and claims of ${certificatesMWh} MWh cover more than the ${consumedMWh} MWh consumed.`,
    remedy: 'Assign only as much as was consumed; keep the rest for another line or year.',
  }),
  ESG_CERTIFICATE_USED_TWICE: errorKind<{ certificate: string; registry: string; line: string }>({
    status: 409,
    message: ({ certificate, registry, line }) =>
      `The certificate ${certificate} of ${registry} is used a second time on line ${line}.`,
    remedy: 'A certificate counts once; remove it from one of the two.',
  }),
  ESG_FLOOR_AREA_MISSING: errorKind<{ year: string }>({
    status: 422,
    message: ({ year }) => `There is no floor area above zero for ${year}, so no intensity per m2 can be given.`,
    remedy: 'Add floorAreaM2 to the year, or set "intensities" to false to leave the intensities out.',
  }),
  ESG_KPI_YEAR_MISSING: errorKind<{ year: string; years: string[] }>({
    status: 422,
    message: ({ year, years }) => `The activity data has no year ${year}; it has ${years.join(', ')}.`,
    remedy: 'Add the year, or choose another reporting year.',
  }),
  ESG_TABLE_UNREADABLE: errorKind<{ reason: string }>({
    status: 422,
    message: ({ reason }) => `The file cannot be read as JSON, CSV or XLSX: ${reason}.`,
    remedy: 'Save it again as JSON, CSV (UTF-8) or XLSX.',
  }),
  ESG_TABLE_COLUMNS_WRONG: errorKind<{ missing: string[]; unknown: string[]; known: string[] }>({
    status: 422,
    message: ({ missing, unknown, known }) =>
      [
        missing.length > 0 ? `The table lacks the column(s) ${missing.join(', ')}.` : '',
        unknown.length > 0 ? `It has column(s) of no known meaning: ${unknown.join(', ')}.` : '',
        `Columns: ${known.join(', ')}.`,
      ]
        .filter(Boolean)
        .join(' '),
    remedy: 'Start from the template.',
  }),
  ESG_FACTOR_ALTERED: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) =>
      `The factor ${id} was changed by hand in the database: it no longer has the content it was added with.`,
    remedy: 'Restore the row from a backup, then supersede the factor if it has to change.',
  }),
  ESG_FACTORS_CHANGED_MEANWHILE: errorKind<Record<string, never>>({
    status: 409,
    message: () => 'Someone else changed the factor library at the same time; nothing was added.',
    remedy: 'Look at the library and do it again.',
  }),
  ESG_UPLOAD_UNKNOWN: errorKind<{ hash: string }>({
    status: 404,
    message: ({ hash }) => `No uploaded file has the hash ${hash}.`,
    remedy: 'Upload the file first.',
  }),
  ESG_QUANTITY_INVALID: errorKind<{ option: string; value: string; reason: string }>({
    status: 400,
    message: ({ option, value, reason }) => `${option} is "${value}", and ${reason}.`,
    remedy: 'Give a decimal number of zero or more with a point, such as 932.08.',
  }),
  ESG_NOTHING_TO_CALCULATE: errorKind<{ options: string[] }>({
    status: 400,
    message: ({ options }) => `Nothing was given to calculate; say how much with ${options.join(', ')}.`,
    remedy: 'Give at least one, such as --electricity-mwh 932.08.',
  }),
  ESG_ACTIVITY_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no activity data ${id}.`,
    remedy: 'List the activity data of the year to find it.',
  }),
  ESG_ACTIVITY_GONE: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) => `The activity data ${id} was corrected or withdrawn already.`,
    remedy: 'Correct the statement that took its place.',
  }),
  ESG_ACTIVITY_ALTERED: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) => `The activity data ${id} was changed by hand in the database.`,
    remedy: 'Restore the row from a backup, then correct it.',
  }),
  ESG_FILE_IMPORTED_ALREADY: errorKind<{ fileName: string; entries: number }>({
    status: 409,
    message: ({ fileName, entries }) => `${fileName} was imported already: ${entries} statement(s) of it are in use.`,
    remedy: 'Withdraw them first, or import a file with what is new.',
  }),
  ESG_CERTIFICATE_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no certificate ${id} in use.`,
    remedy: 'List the certificates to find it.',
  }),
  ESG_CERTIFICATE_REGISTERED: errorKind<{ certificate: string; registry: string }>({
    status: 409,
    message: ({ certificate, registry }) => `The certificate ${certificate} of ${registry} is registered already.`,
    remedy: 'A certificate counts once; withdraw the other entry if it was wrong.',
  }),
  ESG_CERTIFICATE_ALTERED: errorKind<{ id: string }>({
    status: 409,
    message: ({ id }) => `The certificate ${id} was changed by hand in the database.`,
    remedy: 'Restore the row from a backup, then withdraw it and register the right one.',
  }),
  ESG_PERIOD_INVALID: errorKind<{ reason: string }>({
    status: 400,
    message: ({ reason }) => `The period is not usable: ${reason}.`,
    remedy: 'Give a year, or the first and the last day as YYYY-MM-DD.',
  }),
  ESG_ACTIVITY_MISSING: errorKind<{ period: string }>({
    status: 422,
    message: ({ period }) =>
      `There is no activity data of ${period}: nothing was entered and no main meter has readings.`,
    remedy: 'Enter or import quantities, or mark the supply meters of the site as main meters.',
  }),
  ESG_FIGURE_UNSUITABLE: errorKind<{ id: string; type: string }>({
    status: 422,
    message: ({ id, type }) => `The entry ${id} (${type}) is no figure that can be calculated again.`,
    remedy: 'Choose an emission figure, an inventory, a table of key figures or a restatement.',
  }),
  ESG_RESTATEMENT_UNCHANGED: errorKind<{ factors: string[] }>({
    status: 422,
    message: ({ factors }) =>
      `Nothing would change: the figure uses ${factors.join(', ')}, and none of them was replaced.`,
    remedy: 'Name one of these factors and what takes its place.',
  }),
});
