import pg from 'pg';

/**
 * How values of PostgreSQL become values of the program. count(*) and sums of integers fit in a double up to 2^53; as
 * text they would need a conversion at every use.
 */
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};
