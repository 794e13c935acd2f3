import { z } from 'zod';
import { countFilter, crossingFilter } from '../crossings/schemas.ts';
import { eventFilter } from '../events/schemas.ts';
import { trackSpan } from '../tracks/schemas.ts';
import { exportFormats } from './column.ts';

const format = z.enum(exportFormats).default('csv');

export const eventExport = eventFilter.omit({ after: true, limit: true }).extend({ format });
export const crossingExport = crossingFilter.omit({ after: true, limit: true }).extend({ format });
export const countExport = countFilter.extend({ format });
export const trackExport = trackSpan.extend({ format });
