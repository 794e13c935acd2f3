import { defineErrors, errorKind, type Problem } from '@millwright/kernel';

export const cloudErrors = defineErrors('cloud', {
  NODE_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `The plant has no node ${id}.`,
    remedy: 'Browse the plant tree to find it.',
  }),
  NODE_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `There is already a node called ${name} in the same place.`,
    remedy: 'Choose another name.',
  }),
  NODE_MISPLACED: errorKind<{ kind: string; parent: string }>({
    status: 422,
    message: ({ kind, parent }) => `A ${kind} cannot stand under ${parent}.`,
    remedy: 'The order is site, area, line, asset; levels may be left out, and an asset may hold assets.',
  }),
  NODE_IN_USE: errorKind<{ name: string; points: number }>({
    status: 409,
    message: ({ name, points }) => `${name} still carries ${points} point(s) or nodes.`,
    remedy: 'Move or remove them first.',
  }),
  SITE_UNKNOWN: errorKind<{ site: string; known: string[] }>({
    status: 404,
    message: ({ site, known }) => `There is no site ${site}; known are: ${known.join(', ') || 'none yet'}.`,
    remedy: 'Create it on the Plant page or with `millwright cloud nodes add site NAME`.',
  }),
  TIMEZONE_UNKNOWN: errorKind<{ timezone: string }>({
    status: 422,
    message: ({ timezone }) => `${timezone} is not a time zone of the IANA database.`,
    remedy: 'Use a name such as Asia/Shanghai or Europe/Berlin.',
  }),
  SOURCE_UNKNOWN: errorKind<{ source: string; known: string[] }>({
    status: 404,
    message: ({ source, known }) =>
      `There is no source ${source}; known are: ${known.slice(0, 20).join(', ') || 'none yet'}.`,
    remedy: 'Check the name, or create the source first.',
  }),
  SOURCE_AMBIGUOUS: errorKind<{ source: string; sites: string[] }>({
    status: 422,
    message: ({ source, sites }) => `Several sites have a source ${source}: ${sites.join(', ')}.`,
    remedy: 'Name the site too, with --site.',
  }),
  SOURCE_EXISTS: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The site already has a source ${name}.`,
    remedy: 'Choose another name.',
  }),
  SOURCE_KIND_MISMATCH: errorKind<{ name: string; kind: string }>({
    status: 409,
    message: ({ name, kind }) => `The source ${name} is of kind ${kind} and takes no files.`,
    remedy: 'Import into a file source of another name.',
  }),
  SOURCE_NOT_LIVE: errorKind<{ name: string }>({
    status: 409,
    message: ({ name }) => `The source ${name} is not running, so it cannot be browsed.`,
    remedy: 'Enable it, and see its state for what is wrong.',
  }),
  SOURCE_CONFIG_INVALID: errorKind<{ kind: string; problems: Problem[] }>({
    status: 422,
    message: ({ kind, problems }) => `The settings of the ${kind} source are not valid: ${problems.join('; ')}.`,
    remedy: 'Correct them; modules/cloud/src/connectors/README.md shows every setting.',
  }),
  POINT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no point ${id}.`,
    remedy: 'Search the points to find its id.',
  }),
  UNIT_UNKNOWN: errorKind<{ unit: string }>({
    status: 422,
    message: ({ unit }) => `${unit} is not a unit code of UCUM.`,
    remedy: 'Use a code such as kW.h, kW, m3, Cel, bar or %.',
  }),
  UNIT_INCOMPATIBLE: errorKind<{ from: string; to: string }>({
    status: 422,
    message: ({ from, to }) => `${from} cannot be converted to ${to}.`,
    remedy: 'Choose a unit of the same quantity.',
  }),
  UPLOAD_UNKNOWN: errorKind<{ hash: string }>({
    status: 404,
    message: ({ hash }) => `No uploaded file has the hash ${hash}.`,
    remedy: 'Upload the file first.',
  }),
  STRUCTURE_FILE_INVALID: errorKind<{ fileName: string; reason: string }>({
    status: 422,
    message: ({ fileName, reason }) => `The structure file ${fileName} cannot be used: ${reason}.`,
    remedy: 'Export the structure once and edit that file: it has every column.',
  }),
  MAPPING_UNKNOWN: errorKind<{ signature: string }>({
    status: 404,
    message: ({ signature }) => `The site remembers no corrections under ${signature}.`,
    remedy: 'List them with `millwright cloud mappings`.',
  }),
  IMPORT_UNKNOWN: errorKind<{ id: string }>({
    status: 404,
    message: ({ id }) => `There is no import ${id}.`,
    remedy: 'List the imports to find its id.',
  }),
  PERIOD_INVALID: errorKind<{ from: string; to: string }>({
    status: 400,
    message: ({ from, to }) => `The period from ${from} to ${to} is not valid.`,
    remedy: 'Give two ISO 8601 times, the first before the second.',
  }),
  BROKER_CLIENT_UNKNOWN: errorKind<{ username: string }>({
    status: 404,
    message: ({ username }) => `The broker knows no client ${username}, or it is revoked already.`,
    remedy: 'List the clients to find the name.',
  }),
  BROKER_CLIENT_EXISTS: errorKind<{ username: string }>({
    status: 409,
    message: ({ username }) => `The broker already knows a client ${username}.`,
    remedy: 'Choose another name, or revoke the old one.',
  }),
});
