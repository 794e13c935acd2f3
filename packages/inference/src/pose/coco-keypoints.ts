/** The keypoints of COCO (Lin et al., 2014) in their order. */
export const cocoKeypoints: readonly string[] = [
  ...['nose', 'left eye', 'right eye', 'left ear', 'right ear', 'left shoulder', 'right shoulder', 'left elbow'],
  ...['right elbow', 'left wrist', 'right wrist', 'left hip', 'right hip', 'left knee', 'right knee'],
  ...['left ankle', 'right ankle'],
];
