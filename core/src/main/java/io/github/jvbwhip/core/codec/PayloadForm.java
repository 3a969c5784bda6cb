package io.github.jvbwhip.core.codec;

/** What the payloads of a codec are like to one who forwards them without decoding. */
public enum PayloadForm {
  /** Nothing in them is numbered, and nothing tells layers. */
  PLAIN,
  /** VP8: picture ids that receivers expect without gaps, and temporal layers (RFC 7741 §4.2). */
  PICTURE_IDS,
  /** VP9: layer ids; its picture ids may have gaps (RFC 9628 §4.2). */
  LAYER_IDS,
  /** H264, H265: a keyframe begins with parameter sets, maybe in packets of their own. */
  PARAMETER_SETS,
  /**
   * AV1: of spatial layers receivers need the dependency descriptor, which also tells all layers.
   */
  DESCRIBED,
  /** RED: payload types of other codecs, in each block (RFC 2198 §3). */
  REDUNDANT
}
