// Runs layers of Burn on the data of probe.py. The code that is asked stands below, one case each, put there by
// frameworks/burn_cases.py; each prints a line of JSON: {"shape": [..], "values": [..]} or {"refused": ".."}.
#![allow(dead_code, deprecated, unused_imports, unused_variables)]
use burn::module::Param;
use burn::nn::conv::*;
use burn::nn::pool::*;
use burn::nn::*;
use burn::tensor::ops::PadMode;
use burn::tensor::{Device, Tensor, TensorData};
use std::panic::{catch_unwind, AssertUnwindSafe};

#[derive(Clone)]
struct Data {
    shape: Vec<usize>,
    values: Vec<f32>,
}

/// probe.py's integers(count, seed).
fn integers(count: usize, seed: i64) -> Vec<f32> {
    (0..count as i64)
        .map(|i| ((i * i * 7 + i * 3 + seed * 5).rem_euclid(11) - 5) as f32)
        .collect()
}

/// probe.py's parameter_for.
fn parameter(probe: &str, shape: &[usize], position: usize) -> TensorData {
    let count = shape.iter().product();
    let values = if probe == "numeric" {
        integers(count, position as i64 + 1)
    } else if position == 0 {
        (0..count).map(|i| 10f32.powi(i as i32)).collect()
    } else {
        vec![if shape.len() > 1 { 1.0 } else { 0.0 }; count]
    };
    TensorData::new(values, shape.to_vec())
}

fn tensor<const D: usize>(data: &Data) -> Tensor<D> {
    Tensor::from_data(TensorData::new(data.values.clone(), data.shape.clone()), &Device::default())
}

fn data<const D: usize>(result: Tensor<D>) -> Data {
    Data { shape: result.dims().to_vec(), values: result.into_data().to_vec::<f32>().unwrap() }
}

trait Asked {
    fn ask(self, x: &Data, probe: &str) -> Data;
}

macro_rules! weighted {
    ($layer:ty, $d:literal) => {
        impl Asked for $layer {
            fn ask(mut self, x: &Data, probe: &str) -> Data {
                let device = Device::default();
                let shape = self.weight.val().dims();
                self.weight = Param::from_tensor(Tensor::from_data(parameter(probe, &shape, 0), &device));
                if let Some(bias) = &self.bias {
                    let shape = bias.val().dims();
                    self.bias = Some(Param::from_tensor(Tensor::from_data(parameter(probe, &shape, 1), &device)));
                }
                data(self.forward(tensor::<$d>(x)))
            }
        }
    };
}

macro_rules! pooled {
    ($layer:ty, $d:literal) => {
        impl Asked for $layer {
            fn ask(self, x: &Data, _probe: &str) -> Data {
                data(self.forward(tensor::<$d>(x)))
            }
        }
    };
}

weighted!(Conv1d, 3);
weighted!(Conv2d, 4);
weighted!(Conv3d, 5);
weighted!(ConvTranspose1d, 3);
weighted!(ConvTranspose2d, 4);
weighted!(ConvTranspose3d, 5);
pooled!(MaxPool1d, 3);
pooled!(MaxPool2d, 4);
pooled!(AvgPool1d, 3);
pooled!(AvgPool2d, 4);

impl<const D: usize> Asked for Tensor<D> {
    fn ask(self, _x: &Data, _probe: &str) -> Data {
        data(self)
    }
}

/// Prints what `make` answers on the input: its shape, filled as the probe says.
fn case<L: Asked>(probe: &str, shape: &[usize], scale: f32, make: impl FnOnce(&Data) -> L) {
    let count: usize = shape.iter().product();
    let values: Vec<f32> = match probe {
        "conv" => (1..=count).map(|i| i as f32).collect(),
        "max" => (0..count).map(|i| i as f32 - count as f32).collect(),
        "average" => (1..=count).map(|i| 60.0 * i as f32).collect(),
        _ => integers(count, 0),
    };
    let x = Data { shape: shape.to_vec(), values: values.iter().map(|value| value * scale).collect() };
    match catch_unwind(AssertUnwindSafe(|| make(&x).ask(&x, probe))) {
        Ok(found) => {
            let values: Vec<String> = found.values.iter().map(|value| format!("\"{value}\"")).collect();
            println!("{{\"shape\": {:?}, \"values\": [{}]}}", found.shape, values.join(", "));
        }
        Err(error) => {
            let text = error
                .downcast_ref::<String>()
                .cloned()
                .or(error.downcast_ref::<&str>().map(|text| text.to_string()))
                .unwrap_or_default();
            println!("{{\"refused\": {:?}}}", text.lines().collect::<Vec<_>>().join(" "));
        }
    }
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let device = Device::default();
    // CASES
}
