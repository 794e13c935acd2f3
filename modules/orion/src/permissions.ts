import { definePermissions } from '@millwright/kernel';

definePermissions({
  'orion.experiment.read': ['engineer', 'operator', 'viewer', 'auditor'],
  // Data sets, experiments, and runs that clients log.
  'orion.experiment.write': ['engineer'],
  'orion.model.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'orion.model.write': ['engineer'],
  'orion.monitor.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'orion.monitor.write': ['engineer'],
  // To say what an incident was worth, and to raise its work order.
  'orion.incident.judge': ['engineer', 'operator'],
});
