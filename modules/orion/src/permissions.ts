import { definePermissions } from '@millwright/kernel';

definePermissions({
  'orion.model.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'orion.model.write': ['engineer'],
});
