import type { FormInstance } from 'antd';
import type { ActivityFields } from './activity-fields.ts';

/** Parts of the form change what other parts offer. */
export interface FormPartProps {
  readonly form: FormInstance<ActivityFields & { reason?: string }>;
}
