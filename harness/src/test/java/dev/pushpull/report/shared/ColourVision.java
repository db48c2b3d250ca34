package dev.pushpull.report.shared;

/**
 * Colours as people see them. Colour blindness is simulated by the matrices of Machado, Oliveira and Fernandes (IEEE TVCG
 * 2009) at full severity, on linear RGB; distances are Euclidean in CIE L*a*b* under D65, where about 2.3 is just
 * noticeable side by side.
 */
enum ColourVision {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881);

    private static final double[][] XYZ = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}
    };
    private static final double[] WHITE = {0.95047, 1, 1.08883};

    private final double[] matrix;

    ColourVision(double... matrix) {
        this.matrix = matrix;
    }

    /** How far apart two colours look; both as {@code #rrggbb}. */
    double distance(String one, String other) {
        double[] first = lab(one);
        double[] second = lab(other);
        return Math.sqrt(Math.pow(first[0] - second[0], 2)
                + Math.pow(first[1] - second[1], 2)
                + Math.pow(first[2] - second[2], 2));
    }

    /** The contrast of the Web Content Accessibility Guidelines, from 1 to 21. */
    static double contrast(String one, String other) {
        double first = multiplied(XYZ[1], linear(one)) + 0.05;
        double second = multiplied(XYZ[1], linear(other)) + 0.05;
        return Math.max(first, second) / Math.min(first, second);
    }

    private double[] lab(String colour) {
        double[] linear = linear(colour);
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double[] row = {matrix[3 * i], matrix[3 * i + 1], matrix[3 * i + 2]};
            seen[i] = Math.max(0, Math.min(1, multiplied(row, linear)));
        }
        double[] f = new double[3];
        for (int i = 0; i < 3; i++) {
            double t = multiplied(XYZ[i], seen) / WHITE[i];
            f[i] = t > 216.0 / 24_389 ? Math.cbrt(t) : (24_389.0 / 27 * t + 16) / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double[] linear(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double share = (rgb >> 16 - 8 * i & 255) / 255.0;
            linear[i] = share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double multiplied(double[] row, double[] column) {
        return row[0] * column[0] + row[1] * column[1] + row[2] * column[2];
    }
}
