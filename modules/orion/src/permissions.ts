import { definePermissions } from '@millwright/kernel';

definePermissions({
  'orion.experiment.read': ['engineer', 'operator', 'viewer', 'auditor'],
  // Data sets, experiments, and runs that clients log.
  'orion.experiment.write': ['engineer'],
  'orion.model.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'orion.model.write': ['engineer'],
});
