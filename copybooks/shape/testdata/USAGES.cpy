      * Every usage whose characters are more than a byte.
       01  USAGES.
           05  U-NATIONAL     PIC N(4).
           05  U-GROUP        GROUP-USAGE NATIONAL.
               10  U-AMOUNT   PIC S9(3)V99 SIGN LEADING SEPARATE.
               10  U-EDITED   PIC ZZ9.99-.
           05  U-DOUBLE       PIC G(3) JUSTIFIED.
           05  U-UTF8         PIC U(10).
               88  U-YES      VALUE U'oui' UX'6F'.
           05  U-BYTES        PIC U BYTE-LENGTH 12.
           05  U-FLOAT        PIC +9.99E+99.
           05  U-DATE         PIC 9(6) COMP-3 DATE FORMAT YYXXXX.
