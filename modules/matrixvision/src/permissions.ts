import { definePermissions } from '@millwright/kernel';

definePermissions({
  'matrixvision.camera.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'matrixvision.camera.write': ['engineer'],
  // Pictures of people: the auditor sees what was concluded, and opens pictures only where the role is given more.
  'matrixvision.video.read': ['engineer', 'operator', 'auditor'],
  // Runs a file of a stranger on this machine, in a process of its own.
  'matrixvision.model.write': ['engineer'],
  'matrixvision.attribute.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'matrixvision.attribute.write': ['engineer'],
  'matrixvision.event.review': ['engineer', 'operator'],
  // Lets the server reach into a network that those who add cameras may not reach themselves.
  'matrixvision.network.write': [],
  // Sees faces and people where a camera says that they are blurred.
  'matrixvision.identity.read': [],
});
