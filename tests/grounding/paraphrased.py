"""Honest paraphrases of made-up documentation, as a careful writer would put them: no guard may refuse one."""

from __future__ import annotations

DOCUMENT = """# Marlin

Marlin is a family of open-weight models for sonar images, released in three sizes (1B, 4B and 12B parameters).
You can use Marlin to caption sonar images, answer questions about them, and draw boxes around wrecks.
Unlike its predecessor Marlin 1, Marlin 2 accepts several images in one prompt.
Each image is cut into 256 tiles, which the encoder turns into tokens; a linear projection then feeds the tokens to the decoder.
We trained Marlin on 2.3 million labelled images from 40 harbours. Training took 9 days on 64 GPUs.
Marlin does not run on phones and is not intended for navigation.
The 4B model fits in 10 GB of memory when quantized to 4 bits.
Marlin outperforms Seascan by 3.2 points on DeepBench while using half the memory.
No fine-tuning is needed: simply describe the object you are looking for.

## Usage

- **Batch captioning**: caption a folder of images with one command, `marlin caption DIR`.
- **Streaming**: results are streamed as JSON lines, so that long surveys can be followed live.
- Supports GeoTIFF, PNG and XTF files
- Export results to CSV or Parquet
- Works with PyTorch >= 2.1 and ONNX Runtime

Adapters can be trained with LoRA on a single 24 GB GPU. Set `max_boxes=20` to keep at most 20 boxes per image.
The server exposes an OpenAI-compatible API on port 8080. You may only use the weights for research purposes.
Requests are queued and grouped into batches automatically, which raises throughput up to 5x.
Weights can be downloaded from the hub without an account.

## History

Version 0.3 documents CUDA only; a later release added ROCm and TPUs. Versions after 0.3 accept video besides images.
Checkpoints of 1B, 4B and 12B can each be served with one command. Tensor parallelism and data parallelism can be combined.
Most sonar models learn from Seascan exports; Marlin instead combines many smaller high-quality sources.
Higher-quality surveys are repeated: the harbour set is seen 3.0 times, the open set once.
Marlin images have a mean of 5.9 MB, against 12.4 MB in Seascan exports.

## Results

| Model | DeepBench | HarbourQA |
| --- | --- | --- |
| Marlin-4B | 71.4 | 58.9 |
| Seascan | 68.2 | 60.1 |

## Data

HarbourSet contains 812,000 question-answer pairs in 14 languages, collected by volunteers between 2019 and 2023.
All pairs were checked by two annotators, and duplicates were removed with MinHash.
Images with people in them have been removed. The test split is held out and its labels are not public.
The dataset is intended for evaluating question answering, but most questions are about ships.
Annotators wrote the questions first, then a second group answered them without seeing the labels.

## Tools

- `find_wreck`: Find wrecks in an area. Returns coordinates and a confidence between 0 and 1.
- `read_depth`: Read the depth at a point (read-only)
- `move_buoy`: Move a buoy. Disabled by default; enable it with `--allow-writes`.

Every tool call is logged, and paths outside the allowed folders are rejected.
The agent plans its steps, calls tools until it is done, and stops after 15 steps at most.
Memory is shared among agents, so that one agent can continue what another began.
Rows are stored column by column and compressed with Zstandard, so scans read only the columns they need.
"""

# (claim, quotes)
PARAPHRASES: list[tuple[str, tuple[str, ...]]] = [
    ("Version 0.3 of Marlin only documents CUDA.", ("Version 0.3 documents CUDA only; a later release added ROCm and TPUs.",)),
    ("Newer releases of Marlin also target ROCm and TPUs.", ("a later release added ROCm and TPUs.",)),
    ("Newer versions of Marlin take video as well as images.", ("Versions after 0.3 accept video besides images.",)),
    (
        "Marlin's models from 1B to 12B can each be served with one command.",
        ("Checkpoints of 1B, 4B and 12B can each be served with one command.",),
    ),
    ("Both kinds of parallelism can be combined in Marlin.", ("Tensor parallelism and data parallelism can be combined.",)),
    (
        "Instead of learning from Seascan exports, Marlin combines many smaller high-quality sources.",
        ("Most sonar models learn from Seascan exports; Marlin instead combines many smaller high-quality sources.",),
    ),
    (
        "Marlin repeats its higher-quality surveys: the harbour set is seen three times.",
        ("Higher-quality surveys are repeated: the harbour set is seen 3.0 times",),
    ),
    (
        "Marlin images average 5.9 MB, compared with 12.4 MB in Seascan exports.",
        ("Marlin images have a mean of 5.9 MB, against 12.4 MB in Seascan exports.",),
    ),
    ("Size: 5.9 MB.", ("Marlin images have a mean of 5.9 MB",)),
    ("Files in several formats can be read: GeoTIFF, PNG and XTF.", ("Supports GeoTIFF, PNG and XTF files",)),
    ("Marlin comes in three parameter sizes: 1B, 4B and 12B.", ("released in three sizes (1B, 4B and 12B parameters)",)),
    ("Marlin generates captions for sonar images.", ("You can use Marlin to caption sonar images, answer questions about them",)),
    ("Users can ask Marlin questions about a sonar image.", ("You can use Marlin to caption sonar images, answer questions about them",)),
    (
        "Marlin localises wrecks by drawing bounding boxes around them.",
        ("You can use Marlin to caption sonar images, answer questions about them, and draw boxes around wrecks.",),
    ),
    (
        "Marlin 2 can take multiple images in a single prompt.",
        ("Unlike its predecessor Marlin 1, Marlin 2 accepts several images in one prompt.",),
    ),
    (
        "Unlike Marlin 1, Marlin 2 handles several images per prompt.",
        ("Unlike its predecessor Marlin 1, Marlin 2 accepts several images in one prompt.",),
    ),
    (
        "Marlin splits every image into 256 tiles and encodes them as tokens.",
        ("Each image is cut into 256 tiles, which the encoder turns into tokens",),
    ),
    (
        "A linear projection passes the encoder's tokens on to Marlin's decoder.",
        ("a linear projection then feeds the tokens to the decoder.",),
    ),
    (
        "Marlin was trained on 2.3 million annotated images of 40 harbours.",
        ("We trained Marlin on 2.3 million labelled images from 40 harbours.",),
    ),
    ("Training Marlin required 64 GPUs for nine days.", ("Training took 9 days on 64 GPUs.",)),
    ("Marlin cannot be run on phones.", ("Marlin does not run on phones and is not intended for navigation.",)),
    ("Marlin is not meant to be used for navigation.", ("Marlin does not run on phones and is not intended for navigation.",)),
    (
        "With 4-bit quantization, the 4B variant of Marlin needs 10 GB of memory.",
        ("The 4B model fits in 10 GB of memory when quantized to 4 bits.",),
    ),
    (
        "Marlin beats Seascan on DeepBench by 3.2 points with half the memory.",
        ("Marlin outperforms Seascan by 3.2 points on DeepBench while using half the memory.",),
    ),
    (
        "Marlin finds objects from a plain description, without fine-tuning.",
        ("No fine-tuning is needed: simply describe the object you are looking for.",),
    ),
    (
        "Marlin needs no fine-tuning to look for an object that the user describes.",
        ("No fine-tuning is needed: simply describe the object you are looking for.",),
    ),
    (
        "A single command, `marlin caption DIR`, captions a folder of images.",
        ("**Batch captioning**: caption a folder of images with one command, `marlin caption DIR`.",),
    ),
    (
        "Marlin streams its results as JSON lines, so users can follow long surveys live.",
        ("results are streamed as JSON lines, so that long surveys can be followed live.",),
    ),
    ("Marlin reads GeoTIFF, PNG and XTF files.", ("Supports GeoTIFF, PNG and XTF files",)),
    ("Results from Marlin can be saved as CSV or Parquet files.", ("Export results to CSV or Parquet",)),
    ("Marlin requires PyTorch 2.1 or newer.", ("Works with PyTorch >= 2.1 and ONNX Runtime",)),
    ("Users can train LoRA adapters for Marlin on one 24 GB GPU.", ("Adapters can be trained with LoRA on a single 24 GB GPU.",)),
    ("The max_boxes setting limits how many boxes Marlin keeps for an image.", ("Set `max_boxes=20` to keep at most 20 boxes per image.",)),
    ("Marlin serves an OpenAI-compatible API on port 8080.", ("The server exposes an OpenAI-compatible API on port 8080.",)),
    ("Marlin's weights may be used for research only.", ("You may only use the weights for research purposes.",)),
    ("Marlin's licence restricts the weights to research purposes.", ("You may only use the weights for research purposes.",)),
    (
        "Marlin batches incoming requests automatically, for up to 5x the throughput.",
        ("Requests are queued and grouped into batches automatically, which raises throughput up to 5x.",),
    ),
    ("No account is needed to download Marlin's weights from the hub.", ("Weights can be downloaded from the hub without an account.",)),
    ("Marlin-4B scores 71.4 on DeepBench.", ("| Marlin-4B | 71.4 | 58.9 |",)),
    (
        "Seascan scores higher than Marlin-4B on HarbourQA (60.1 against 58.9).",
        ("| Marlin-4B | 71.4 | 58.9 |", "| Seascan | 68.2 | 60.1 |"),
    ),
    (
        "HarbourSet offers 812,000 pairs of questions and answers in 14 languages.",
        ("HarbourSet contains 812,000 question-answer pairs in 14 languages",),
    ),
    (
        "HarbourSet's pairs were gathered by volunteers from 2019 to 2023.",
        ("HarbourSet contains 812,000 question-answer pairs in 14 languages, collected by volunteers between 2019 and 2023.",),
    ),
    (
        "Two annotators checked each pair, and MinHash was used to remove duplicates.",
        ("All pairs were checked by two annotators, and duplicates were removed with MinHash.",),
    ),
    ("Pictures that show people were taken out of the data.", ("Images with people in them have been removed.",)),
    ("The labels of the test split are kept private.", ("The test split is held out and its labels are not public.",)),
    (
        "The questions were answered by a second group that had not seen the labels.",
        ("Annotators wrote the questions first, then a second group answered them without seeing the labels.",),
    ),
    (
        "The find_wreck tool returns the coordinates of wrecks with a confidence from 0 to 1.",
        ("`find_wreck`: Find wrecks in an area. Returns coordinates and a confidence between 0 and 1.",),
    ),
    (
        "The move_buoy tool is switched off unless --allow-writes is given.",
        ("`move_buoy`: Move a buoy. Disabled by default; enable it with `--allow-writes`.",),
    ),
    (
        "Marlin's server rejects paths that lie outside the allowed folders and logs all tool calls.",
        ("Every tool call is logged, and paths outside the allowed folders are rejected.",),
    ),
    ("An agent works for at most 15 steps.", ("calls tools until it is done, and stops after 15 steps at most.",)),
    (
        "Agents share memory, so one can pick up where another left off.",
        ("Memory is shared among agents, so that one agent can continue what another began.",),
    ),
    (
        "Columnar storage with Zstandard compression lets scans read just the columns they need.",
        ("Rows are stored column by column and compressed with Zstandard, so scans read only the columns they need.",),
    ),
    ("On HarbourQA, Marlin-4B reaches 58.9, behind Seascan's 60.1.", ("| Marlin-4B | 71.4 | 58.9 |", "| Seascan | 68.2 | 60.1 |")),
    (
        "Fine-tuning is not required; users simply describe what they look for.",
        ("No fine-tuning is needed: simply describe the object you are looking for.",),
    ),
]
