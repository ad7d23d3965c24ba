<?php echo "must never run";
