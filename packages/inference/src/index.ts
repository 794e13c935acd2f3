/** Neural networks on ONNX Runtime: bundled ones and a user's own by a model card. */
import './no-telemetry.ts';

export type { Backbone, BackboneLayer, BackboneNetwork, FeatureMap } from './backbone/backbone.ts';
export { bundledBackbones } from './backbone/bundled-backbones.ts';
export { type BackboneOptions, openBackbone } from './backbone/open-backbone.ts';
export { readCard } from './card/read-card.ts';
export type { NetworkPort } from './detection/network-port.ts';
export type { Box, Detection, Detector, ImageInput, InputSpec } from './detector.ts';
export { inferenceErrors } from './errors.ts';
export { type FaceOptions, headRegion, openFaces } from './faces/open-faces.ts';
export { cropImage, imageSize, readImage } from './image.ts';
export { type BundledDetector, bundledDetectors, type MeasuredDetector } from './models/bundled-detectors.ts';
export { type InstalledNetwork, installNetworks } from './models/install-networks.ts';
export { type Network, type NetworkOptions, openNetwork, type Values } from './network/open-network.ts';
export { inspectOnnx } from './onnx/inspect-onnx.ts';
export { onnxMetadata, withOnnxMetadata, withoutOnnxMetadata } from './onnx/metadata.ts';
export { type JoinedNetwork, joinNetworks, type NetworkParts, networkParts } from './onnx/network-parts.ts';
export { OnnxGraph } from './onnx/onnx-graph.ts';
export { type DetectorOptions, openDetector } from './open-detector.ts';
export { type DetectorPoolOptions, openDetectorPool } from './pool/detector-pool.ts';
export { type Isolation, usualIsolation } from './pool/isolation.ts';
export type { DescribedNetwork } from './pool/messages.ts';
export { cocoKeypoints } from './pose/coco-keypoints.ts';
export { openPose, type PoseOptions } from './pose/open-pose.ts';
export type { Keypoint, PoseEstimator } from './pose/pose-estimator.ts';
export { type ProviderName, providerNames } from './sessions/providers.ts';
export { describeNetwork, type TriedDetector, type TryOptions, tryDetector } from './try-detector.ts';
